import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareVersions } from "../versions/kind.ts";
import { raiseRequirement } from "./requirement.ts";

describe("a raised requirement", () => {
  it.each([
    ["redis>=5,<8", "8.1.0", "redis>=5,<9"],
    ["redis>=5, <=7.9", "8.1.0", "redis>=5, <9"],
    ["Redis[hiredis] ~= 7.1", "8.2.1", "Redis[hiredis] ~=8.2"],
    ["redis~=7.1.2", "8.2.1", "redis~=8.2.1"],
    ["redis==7.1.0", "8.2.1", "redis==8.2.1"],
    ["redis==7.*", "8.2.1", "redis==8.*"],
    ["redis (<8)", "8.0", "redis <9"],
    ["redis<0.5", "0.7.1", "redis<0.8"],
    ['redis<8; python_version >= "3.9"', "8.1", 'redis<9; python_version >= "3.9"'],
    ["redis<8  # until the move\r", "8.1", "redis<9  # until the move\r"],
    ["re_dis.Py<2", "2.0", "re_dis.Py<3"],
  ])("%s reaches %s as %s", (text, latest, raised) => {
    const name = text.startsWith("re_") ? "re-dis-py" : "redis";
    expect(raiseRequirement(text, name, latest)).toBe(raised);
  });

  it.each([
    ["redis>=5", "8.1"],
    ["redis", "8.1"],
    ["redis<9", "8.1"],
    ["redis-py<8", "8.1"],
    ["redis @ https://example.org/redis.whl", "8.1"],
    ["redis<8", "latest"],
    ["redis<8 --hash=sha256:abc", "8.1"],
    ["-r other.txt", "8.1"],
    ["# redis<8", "8.1"],
  ])("%s stays as it is", (text, latest) => {
    expect(raiseRequirement(text, "redis", latest)).toBeUndefined();
  });

  it("admits the newest version, and is never raised twice", () => {
    const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)).map((parts) => parts.join("."));
    fc.assert(
      fc.property(version, version, fc.constantFrom("<", "<="), (bound, latest, operator) => {
        const raised = raiseRequirement(`a${operator}${bound}`, "a", latest);
        const order = compareVersions("python", latest, bound);
        expect(raised === undefined).toBe(order < 0 || (operator === "<=" && order === 0));
        if (raised === undefined) return;
        expect(compareVersions("python", latest, raised.slice(2))).toBeLessThan(0);
        expect(raiseRequirement(raised, "a", latest)).toBeUndefined();
      }),
    );
  });
});
