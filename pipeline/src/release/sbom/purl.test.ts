import { describe, expect, it } from "vitest";
import { githubPurl, purlOf } from "./purl.ts";

const registry = { version: "1.0.0", origin: "registry" } as const;

describe("a package's purl", () => {
  it.each([
    ["npm", { ...registry, name: "@scope/a.b" }, "pkg:npm/%40scope/a.b@1.0.0"],
    // Two packages of npm differ in nothing but the case of their names.
    ["npm", { ...registry, name: "JSONStream" }, "pkg:npm/JSONStream@1.0.0"],
    ["python", { ...registry, name: "Zope.Interface_x" }, "pkg:pypi/zope-interface-x@1.0.0"],
    [
      "python",
      { ...registry, name: "torch", version: "1!2.0+cpu" },
      "pkg:pypi/torch@1%212.0%2Bcpu",
    ],
    ["python", { ...registry, name: "a", version: "" }, "pkg:pypi/a"],
    [
      "npm",
      { ...registry, name: "a", registry: "https://npm.example:8443/all" },
      "pkg:npm/a@1.0.0?repository_url=https:%2F%2Fnpm.example:8443%2Fall",
    ],
    [
      "python",
      { name: "a", version: "1", origin: "git", address: "https://github.com/a/b", commit: "ab12" },
      "pkg:pypi/a@1?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fa%2Fb%40ab12",
    ],
    [
      "npm",
      { name: "a", version: "1", origin: "url", address: "https://x.example/a.tgz" },
      "pkg:npm/a@1?download_url=https:%2F%2Fx.example%2Fa.tgz",
    ],
  ] as const)("of %s: %o", (ecosystem, one, expected) => {
    expect(purlOf(ecosystem, one)).toBe(expected);
  });

  it("is none for a folder, whose name may be somebody else's", () => {
    expect(purlOf("npm", { name: "a", version: "1", origin: "path" })).toBeUndefined();
  });
});

it("the product has one where it is on GitHub", () => {
  expect(githubPurl("https://github.com/Own/App", "web@1.0.0")).toBe(
    "pkg:github/own/app@web%401.0.0",
  );
  expect(githubPurl("https://git.example/own/app", "v1")).toBeUndefined();
  expect(githubPurl(undefined, "v1")).toBeUndefined();
});
