import { describe, expect, it } from "vitest";
import { sampleSurvey } from "../../../../test/builders/survey.ts";
import { folderOf } from "../../survey.ts";
import { type Hook, hookOf } from "./hooks.ts";

function ruff(text: string): Hook | undefined {
  const survey = sampleSurvey({ ".pre-commit-config.yaml": text });
  return hookOf(folderOf(survey, "."), ["ruff", "ruff-check"]);
}

function config(rev: string, more = ""): string {
  return `repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    rev: ${rev}\n    hooks:\n      - id: ruff-check\n${more}`;
}

describe("hookOf", () => {
  it.each([
    ["v0.15.16", "0.15.16"],
    ["0.4.0", "0.4.0"],
    ["76e47323a83cd9795e4ff9a1de1c0d2eef610f17  # frozen: v0.11.11", "0.11.11"],
    ["76e47323a83cd9795e4ff9a1de1c0d2eef610f17", undefined],
    ["main", undefined],
  ])("reads the version of %s", (rev, version) => {
    expect(ruff(config(rev))?.version).toBe(version);
  });

  it.each([
    ["exclude: ^vendor/", "vendor/a.py", true],
    ["exclude: ^vendor/", "src/a.py", false],
    ["files: ^src/", "docs/a.py", true],
    ["files: ^src/", "src/a.py", false],
    ["exclude: (", "src/a.py", false],
  ])("with `%s` decides about %s", (line, file, out) => {
    expect(ruff(config("v1.0.0", `        ${line}\n`))?.leavesOut(file)).toBe(out);
  });

  it("understands Python's verbose patterns", () => {
    const text = `exclude: |\n  (?x)^(\n    docs/ |  # pages\n    old/\n  )\n${config("v1.0.0")}`;
    expect(ruff(text)?.leavesOut("old/a.py")).toBe(true);
    expect(ruff(text)?.leavesOut("src/a.py")).toBe(false);
  });

  it.each([["{{{"], ["repos: 3"], ["- a"], ["repos: [1, {hooks: x}]"], [""]])(
    "answers nothing for `%s`",
    (text) => {
      expect(ruff(text)).toBeUndefined();
    },
  );
});
