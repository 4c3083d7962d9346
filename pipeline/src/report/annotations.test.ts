import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finding } from "../../test/builders/run.ts";
import {
  greenRun,
  hostileRun,
  hugeRun,
  redRun,
  unknownRun,
} from "../../test/builders/sample-runs.ts";
import { githubAnnotations } from "./annotations.ts";

describe("githubAnnotations", () => {
  it("shows failing tests and findings at their place, and what does not block as a warning", () => {
    const lines = githubAnnotations(redRun());
    expect(lines).toContain(
      "::error file=src/app/core.py,line=3,col=8,title=ruff F401::`os` imported but unused",
    );
    expect(lines).toContain(
      "::error file=tests/unit/test_memory.py,line=88,title=tests/unit/test_memory.py%3A%3ATestMemory%3A%3Atest_recall::AssertionError: assert ['rose'] == ['rose', 'thorn']",
    );
    const warnings = lines.filter((line) => line.startsWith("::warning"));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("title=integration-tests%3A timed out%2C not blocking::");
  });

  it("says what has no place, with its mend", () => {
    expect(githubAnnotations(unknownRun())).toEqual([
      "::error title=smoke-tests%3A not checked::there is no Docker on this machine%0Ainstall Docker, or run with `--on dagger`%0AAgain: gantry run smoke-tests",
    ]);
  });

  it("is silent where all is well", () => {
    expect(githubAnnotations(greenRun())).toEqual([]);
  });

  it("keeps to GitHub's limit and gives tests and findings a share each", () => {
    const lines = githubAnnotations(hugeRun());
    expect(lines).toHaveLength(10);
    expect(lines.filter((line) => line.includes("imported but unused"))).toHaveLength(5);
  });

  it("keeps a finding's own severity", () => {
    const run = redRun();
    const [stage] = run.stages;
    const stages = [
      { ...(stage as (typeof run.stages)[0]), findings: [finding({ severity: "warning" })] },
    ];
    expect(githubAnnotations({ ...run, stages })).toEqual([
      expect.stringMatching(/^::warning file=src\/app\/core.py/),
    ]);
  });

  it("stays one command a line, whatever the names are", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const line of githubAnnotations(hostileRun(`${text}\n::error::\r,:%`))) {
          expect(line).toMatch(/^::(?:error|warning) [^\n\r:]*::[^\n\r]*$/);
        }
      }),
    );
  });
});
