import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stageRun } from "../../../test/builders/run.ts";
import {
  cancelledRun,
  greenRun,
  hostileRun,
  hugeRun,
  redRun,
  unknownRun,
} from "../../../test/builders/sample-runs.ts";
import { anyText } from "../../../test/builders/text.ts";
import { stripAnsi } from "../../results/text.ts";
import { terminalSummary } from "./summary.ts";

const plain = { color: false, width: 100, folder: ".gantry/runs/latest" };

describe("terminalSummary", () => {
  it("says of a green run what passed, what was left out and why", () => {
    const text = terminalSummary(greenRun(), plain);
    expect(text).toContain(
      "✓ unit-tests         passed  1m 04s   318 passed, 4 skipped · coverage 75.2%",
    );
    expect(text).toContain("– deploy-production, create-release: skipped, only on a push to main");
    expect(text).toContain(
      "✓ Passed: 3 stages in 1m 15s.\n  report  .gantry/runs/latest/report.html",
    );
  });

  it.each([
    "── code-quality failed",
    "src/app/core.py:3:8  `os` imported but unused (F401)",
    "mend   `ruff check --fix` mends some of it",
    "tests/unit/test_memory.py::TestMemory::test_recall",
    "      tests/unit/test_memory.py:88\n      AssertionError: assert ['rose'] == ['rose', 'thorn']",
    "coverage 62.5% < 70%, 87 lines or branches short",
    "src/app/memory.py  9: 12–14, 40, 61–65",
    "log    .gantry/runs/latest/logs/unit-tests/backend/test.log",
    "again    gantry run unit-tests",
    "✗ integration-tests  timed out   30.0s   does not block",
    "It ran longer than its limit of 30s.\n    │ tests/integration/test_groq.py::test_answer",
    "– smoke-tests: skipped, unit-tests did not pass",
    "Flaky: failed first, then passed\n  tests/unit/test_voice.py::test_stream",
    "✗ Failed: code-quality and unit-tests, after 1m 36s.",
  ])("shows of a red run %j", (line) => {
    expect(terminalSummary(redRun(), plain)).toContain(line);
  });

  it("says what could not be checked and how to check it", () => {
    const text = terminalSummary(unknownRun(), plain);
    expect(text).toContain("there is no Docker on this machine\n    mend   install Docker");
    expect(text).toContain("? Unknown: smoke-tests (not checked).");
  });

  it("says what a stand-in left out, and that a run was cancelled", () => {
    const stages = [stageRun("smoke-tests", { notChecked: ["image"] })];
    expect(terminalSummary(greenRun({ stages }), plain)).toContain(
      "Not checked\n  smoke-tests: image",
    );
    expect(terminalSummary(cancelledRun(), plain)).toContain("■ Cancelled after 14.2s");
  });

  it("takes about a screen for each red stage, however much is wrong", () => {
    const blocks = terminalSummary(hugeRun(), plain).split("── ").slice(1);
    for (const block of blocks) expect(block.split("\n\n")[0]?.split("\n").length).toBeLessThan(42);
    expect(blocks[0]).toContain("and 985 more findings in the report");
    expect(blocks[1]).toContain("and 495 more failing tests in the report");
  });

  it("is the same without its colours", () => {
    const coloured = terminalSummary(redRun(), { ...plain, color: true });
    expect(coloured).toContain("\u001b[31m");
    expect(stripAnsi(coloured)).toBe(terminalSummary(redRun(), plain));
  });

  it("lets nothing from outside act on the terminal", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const summary = terminalSummary(hostileRun(`${text}\u001b[2J\u202e\r`), plain);
        expect(summary).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        expect(summary.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it.each([1, 40, 80, Number.NaN])("copes with %d columns", (width) => {
    expect(terminalSummary(redRun(), { ...plain, width })).toContain("unit-tests");
  });
});
