import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRunName } from "./run-name.ts";

describe("what RUN means", () => {
  const rose = { kind: "github", id: 123, repository: "octo/rose" };

  it.each([
    ["123", { kind: "github", id: 123 }],
    ["999999999999999", { kind: "github", id: 999_999_999_999_999 }],
    ["https://github.com/octo/rose/actions/runs/123", rose],
    ["https://github.com/octo/rose/actions/runs/123/", rose],
    ["https://www.github.com/octo/rose/actions/runs/123", rose],
    ["github.com/octo/rose/actions/runs/123", rose],
    ["https://github.com/octo/rose/actions/runs/123/attempts/2", { ...rose, attempt: 2 }],
    ["https://github.com/octo/rose/actions/runs/123/job/456", rose],
    ["https://github.com/octo/rose/actions/runs/123/attempts/2#summary-9", { ...rose, attempt: 2 }],
    ["https://github.com/octo/rose/actions/runs/123/job/456?pr=7#step:5:1", rose],
    ["https://github.com/octo/rose/actions/runs/123/artifacts/9", rose],
    [
      "https://github.com/octo/ro.se-2_/actions/runs/1",
      { ...rose, id: 1, repository: "octo/ro.se-2_" },
    ],
    ["latest", { kind: "saved", name: "latest" }],
    ["20261123-093000-4f2a", { kind: "saved", name: "20261123-093000-4f2a" }],
    ["github-123-2-4f2a", { kind: "saved", name: "github-123-2-4f2a" }],
    ["./123", { kind: "saved", name: "./123" }],
    ["../a folder/run.json", { kind: "saved", name: "../a folder/run.json" }],
  ])("reads %s", (word, value) => {
    expect(readRunName(word)).toEqual({ ok: true, value });
  });

  it.each([
    ["", "it is empty"],
    ["  ", "it is empty"],
    ["0", "no 0 in front"],
    ["0123", "no 0 in front"],
    ["1234567890123456", "1 to 15 digits"],
    ["a\nb", "control characters"],
    ["https://github.com/octo/rose/pull/42", "leads to no run"],
    ["https://github.com/octo/rose/actions/runs/x", "leads to no run"],
    ["https://github.com/octo/rose/actions/runs/123/attempts/0", "leads to no run"],
    ["https://github.com/octo/rose/actions/runs/123/elsewhere", "leads to no run"],
    ["https://github.com/octo/rose/actions/runs/1/../../../../../etc", "leads to no run"],
    ["https://github.com/octo/.../actions/runs/1", "leads to no run"],
    ["https://github.com/octo%2Frose/x/actions/runs/1", "leads to no run"],
    ["https://evil.example/octo/rose/actions/runs/1", "its server is not https://github.com"],
    ["https://github.com.evil.example/o/r/actions/runs/1", "its server is not https://github.com"],
    ["https://github.com:8443/o/r/actions/runs/1", "its server is not https://github.com"],
    ["http://github.com/octo/rose/actions/runs/1", "its server is not https://github.com"],
    ["file:///octo/rose/actions/runs/1", "its server is not https://github.com"],
    ["https://me:secret@github.com/octo/rose/actions/runs/1", "it holds a login"],
    ["https://", "it is no address"],
  ])("refuses %j", (word, why) => {
    const read = readRunName(word);
    const problem = read.ok ? undefined : read.problems[0];
    expect(problem).toMatchObject({ code: "GANTRY-RUN-NAME", mend: expect.stringMatching(/\S/) });
    expect(problem?.message).toContain(why);
    expect(problem?.message).not.toContain("secret");
  });

  it("takes the addresses of a GitHub of one's own, and then no other's", () => {
    const own = "https://git.example/";
    const path = "/octo/rose/actions/runs/123";
    expect(readRunName(`https://git.example${path}`, own)).toEqual({ ok: true, value: rose });
    expect(readRunName(`https://github.com${path}`, own).ok).toBe(false);
    expect(readRunName(`https://www.github.com${path}`, own).ok).toBe(false);
  });

  const name = fc.stringMatching(/^[A-Za-z0-9_-][\w.-]{0,30}$/);
  const number = fc.integer({ min: 1, max: 999_999_999_999_999 });

  it("reads every address that GitHub shows", () => {
    const attempt = fc.option(fc.integer({ min: 1, max: 999 }), { nil: undefined });
    fc.assert(
      fc.property(name, name, number, attempt, fc.webFragments(), (owner, repo, id, tried, end) => {
        const more = tried === undefined ? "" : `/attempts/${tried}`;
        const word = `https://github.com/${owner}/${repo}/actions/runs/${id}${more}#${end}`;
        const attempts = tried === undefined ? {} : { attempt: tried };
        const value = { kind: "github", id, repository: `${owner}/${repo}`, ...attempts };
        expect(readRunName(word)).toEqual({ ok: true, value });
      }),
    );
  });

  it("never throws, never leads to another server, and never takes a half number", () => {
    const addresses = fc
      .tuple(fc.constantFrom("https://github.com", "https://x.example", "ftp://a@b"), fc.webPath())
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), addresses), (word) => {
        const read = readRunName(word);
        if (!read.ok) return;
        if (read.value.kind === "saved") expect(word).not.toMatch(/^[a-z]+:\/\/|^\d+$/i);
        else expect(Number.isSafeInteger(read.value.id) && read.value.id > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
