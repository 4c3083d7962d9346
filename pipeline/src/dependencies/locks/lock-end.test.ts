import { describe, expect, it } from "vitest";
import { lockedOf } from "./lock-end.ts";

const end = { program: "npm", exit: 1, output: "", written: undefined };

describe("how a package manager ended", () => {
  it("is a lock only where it went well and wrote one", () => {
    const written = "{}";
    expect(lockedOf({ tool: "npm" }, { ...end, exit: 0, written })).toEqual({
      kind: "locked",
      text: "{}",
    });
    expect(lockedOf({ tool: "npm" }, { ...end, exit: 0 })).toMatchObject({ kind: "world" });
  });

  it("is impossible where no versions fit, with the line that says which", () => {
    const output = `npm error code ERESOLVE
npm error Could not resolve dependency:
npm error \u001b[1mpeer vitest@"4.1.12" from @vitest/coverage-v8@4.1.12\u001b[0m
npm error A complete log of this run can be found in: /log
`;
    expect(lockedOf({ tool: "npm" }, { ...end, output })).toEqual({
      kind: "impossible",
      reason: 'peer vitest@"4.1.12" from @vitest/coverage-v8@4.1.12',
    });
  });

  it("is the world's failure where no registry answered, or where it was ended", () => {
    const output = "error: Failed to fetch: `https://pypi.org/simple/a/`\n";
    expect(lockedOf({ tool: "uv" }, { ...end, program: "uv", output })).toMatchObject({
      kind: "world",
      reason: "uv failed: Failed to fetch: `https://pypi.org/simple/a/`",
    });
    const ended = "it took too long";
    expect(lockedOf({ tool: "uv" }, { ...end, ended, output: "No solution found" })).toMatchObject({
      kind: "world",
      reason: "npm was ended: it took too long",
    });
  });
});
