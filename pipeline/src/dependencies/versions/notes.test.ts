import { describe, expect, it } from "vitest";
import { npmForm, pypiForm } from "./notes.ts";

const python = (project_urls: object, home_page: string | null = null) =>
  pypiForm.parse({ info: { version: "1.0", home_page, project_urls } }).notes;
const npm = (repository: unknown, homepage?: unknown) =>
  npmForm.parse({ version: "1.0.0", repository, homepage }).notes;

describe("where changes are told", () => {
  it.each([
    [{ Homepage: "https://a.test", Changelog: "https://a.test/changes" }, "https://a.test/changes"],
    [{ Source: "https://github.com/a/b.git" }, "https://github.com/a/b/releases"],
    [{ Repository: "https://github.com/a/b/tree/main/x" }, "https://github.com/a/b/releases"],
    [{ Documentation: "https://docs.test/a" }, "https://docs.test/a"],
    [{ Changelog: "javascript:alert(1)", Home: "https://a.test/" }, "https://a.test/"],
    [{ Changelog: "http://a.test/changes" }, undefined],
    [{ Changelog: "https://me:secret@a.test/" }, undefined],
    [
      { Changelog: "https://a.test/x) [y](https://b.test) |" },
      "https://a.test/x%29%20%5By%5D%28https://b.test%29%20%7C",
    ],
    [{ Changelog: "no address" }, undefined],
  ])("PyPI: %j", (urls, expected) => {
    expect(python(urls)).toBe(expected);
  });

  it.each([
    [{ type: "git", url: "git+https://github.com/a/b.git" }, "https://github.com/a/b/releases"],
    ["git://github.com/a/b.git", "https://github.com/a/b/releases"],
    ["git+ssh://git@github.com/a/b.git", "https://github.com/a/b/releases"],
    ["git@github.com:a/b.git", "https://github.com/a/b/releases"],
    ["github:a/b", "https://github.com/a/b/releases"],
    ["a/b", "https://github.com/a/b/releases"],
    [{ url: "https://gitlab.com/a/b.git" }, "https://gitlab.com/a/b.git"],
    [{ url: "file:///etc/passwd" }, undefined],
    [42, undefined],
    [undefined, undefined],
  ])("npm: %j", (repository, expected) => {
    expect(npm(repository)).toBe(expected);
  });
});
