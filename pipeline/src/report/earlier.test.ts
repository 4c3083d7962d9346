import { describe, expect, test } from "vitest";
import { sampleRun, stageRun, stepRun } from "../../test/builders/run.ts";
import { earlierWords, notRunAgain } from "./earlier.ts";

const receipt = { run: "run-1", commit: "4f2a91c07de55bd9", at: "2026-11-23T09:30:00Z" };
const stands = stepRun("a", { reused: true, receipt });
const cached = stepRun("b", { reused: true });
const ran = stepRun("c");
const left = stepRun("d", { outcome: "skipped" });

describe("what stands from an earlier run", () => {
  test.each([
    ["not run again", [stands, left]],
    ["1 of 2 steps not run again", [stands, ran, left]],
    ["an earlier result with the same inputs stands", [cached]],
    ["", [cached, ran]],
    ["", [left]],
    ["", []],
  ])("%s", (words, steps) => {
    expect(earlierWords(stageRun("unit-tests", { steps }))).toBe(words);
  });

  test("is named with the run that earned it, a line for each", () => {
    const other = stepRun("a", { receipt: { ...receipt, run: "run-0" } });
    const run = sampleRun({
      stages: [
        stageRun("code-quality", { steps: [stands] }),
        stageRun("unit-tests", { steps: [stands, ran, left] }),
        stageRun("integration-tests", { steps: [other] }),
        stageRun("smoke-tests", { steps: [ran] }),
      ],
    });
    expect(notRunAgain(run)).toEqual([
      "code-quality and unit-tests (1 of 2 steps): passed in the run run-1 (4f2a91c)",
      "integration-tests: passed in the run run-0 (4f2a91c)",
    ]);
  });
});
