import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareVersions, kindOfChange } from "./kind.ts";
import { parsePythonVersion } from "./pep440.ts";

describe("the kind of a change", () => {
  it.each([
    ["python", "1.2.3", "2.0", "major"],
    ["python", "1.2.3", "1!0.1", "major"],
    ["python", "2024.8", "2025.1", "major"],
    ["python", "1.2.3", "1.3", "minor"],
    ["python", "1.2", "1.2.1", "patch"],
    ["python", "1.2.3.4", "1.2.3.5", "patch"],
    ["python", "1.2.0.0.1", "1.2.0.0.2", "patch"],
    ["python", "1.2", "1.2.0", "other"],
    ["python", "1.2rc1", "1.2", "other"],
    ["python", "1.2", "1.2.post1", "other"],
    ["python", "1.2", "1.1", "other"],
    ["python", "1.2 (abc)", "1.2 (def)", "other"],
    ["npm", "1.2.3", "2.0.0", "major"],
    ["npm", "0.2.3", "0.3.0", "minor"],
    ["npm", "1.2.3", "1.2.4", "patch"],
    ["npm", "2.0.0-rc.1", "2.0.0", "other"],
    ["npm", "1.2.3", "1.2.2", "other"],
  ] as const)("%s: %s → %s is %s", (ecosystem, from, to, kind) => {
    expect(kindOfChange(ecosystem, from, to)).toBe(kind);
  });
});

describe("Python's versions", () => {
  // In the order that PEP 440 itself shows.
  const ordered = [
    "1.0.dev456",
    "1.0a1",
    "1.0a2.dev456",
    "1.0a12.dev456",
    "1.0a12",
    "1.0b1.dev456",
    "1.0b2",
    "1.0b2.post345.dev456",
    "1.0b2.post345",
    "1.0rc1.dev456",
    "1.0rc1",
    "1.0",
    "1.0.post456.dev34",
    "1.0.post456",
    "1.0.15",
    "1.1.dev1",
    "1!0.1",
  ];

  it("are ordered as PEP 440 orders them", () => {
    const shuffled = fc.shuffledSubarray(ordered, { minLength: ordered.length });
    fc.assert(
      fc.property(shuffled, (versions) => {
        const sorted = versions.toSorted((a, b) => compareVersions("python", a, b));
        expect(sorted).toEqual(ordered);
      }),
    );
  });

  it.each([
    ["1.0", "v1.0.0"],
    ["1.0rc1", "1.0-c.1"],
    ["1.0.post1", "1.0-1"],
    ["1.0a0", "1.0alpha"],
    ["1.0", "1.0+local.1"],
  ])("%s is %s", (one, other) => {
    expect(compareVersions("python", one, other)).toBe(0);
  });

  it.each(["", "latest", "1.0-", "1..0", "1.0.dev1.post1"])("%j is none", (text) => {
    expect(parsePythonVersion(text)).toBeUndefined();
  });
});
