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
import { summaryMarkdown } from "./summary.ts";

describe("summaryMarkdown", () => {
  it("begins with the verdict and has a line for every stage", () => {
    const text = summaryMarkdown(greenRun());
    expect(text).toMatch(/^## ✓ Passed: 3 stages in 1m 15s\.\n/);
    expect(text).toContain("| ✓ unit-tests | passed | 1m 04s | 318 passed, 4 skipped | 75.2% |");
    expect(text).toContain("| – deploy-staging | skipped |  | only on a push to develop |  |");
    expect(text).toContain(
      "**rose** · `feature/voice` into `develop` · `4f2a91c07de5` · pull request 42",
    );
  });

  it.each([
    "### ✗ unit-tests: failed",
    "✗ `tests/unit/test_memory.py::TestMemory::test_recall`  \n`tests/unit/test_memory.py:88` `AssertionError",
    "<details><summary>trace</summary>\n\n```\ndef test_recall(self):",
    "- `src/app/core.py:3:8` `os` imported but unused (F401)",
    "Coverage 62.5% &lt; 70%, 87 lines or branches short; 380 lines never run:",
    "- `src/app/memory.py:12` 9: 12–14, 40, 61–65",
    "```sh\ngantry run unit-tests\n```",
    "### ✗ integration-tests: timed out, not blocking",
    "**Mend:** raise `timeout` of the step",
    "### Flaky: failed first, then passed",
    "### Warnings",
  ])("shows of a red run %j", (part) => {
    expect(summaryMarkdown(redRun())).toContain(part);
  });

  it("links places to the commit where the run is GitHub's", () => {
    const text = summaryMarkdown(redRun({ url: "https://github.com/org/rose/actions/runs/123" }));
    expect(text).toContain("[the run](https://github.com/org/rose/actions/runs/123)");
    expect(text).toContain(
      "[`src/app/core.py:3:8`](https://github.com/org/rose/blob/4f2a91c07de55bd9a3b1f0c8e6d7a4b2c1908f7e/src/app/core.py#L3)",
    );
  });

  it("says what was not checked, and that a run was cancelled", () => {
    expect(summaryMarkdown(unknownRun())).toContain("there is no Docker on this machine");
    expect(summaryMarkdown(cancelledRun())).toMatch(/^## ■ Cancelled after 14\.2s/);
    const stages = [stageRun("smoke-tests", { notChecked: ["image"] })];
    expect(summaryMarkdown(greenRun({ stages }))).toContain(
      "### Not checked\n\n- smoke-tests: image",
    );
  });

  it("stays below GitHub's limit and closes what it opens", () => {
    const text = summaryMarkdown(hugeRun());
    expect(new TextEncoder().encode(text).length).toBeLessThan(900_000);
    expect(text.split("<details").length).toBe(text.split("</details>").length);
    expect(text).toContain("and 450 more failing tests");
  });

  it("keeps its form, whatever the names are", () => {
    fc.assert(
      fc.property(anyText, (noise) => {
        const text = summaryMarkdown(
          hostileRun(`${noise}|</details>\`\`\`\n## hi @ada <img>\u202e`),
        );
        const outside = text
          .replace(/^(`{3,})[^`\n]*\n[\s\S]*?\n\1$/gm, "")
          .replace(/(`+)[^\n]*?[^`]\1(?!`)/g, "");
        expect(outside).not.toMatch(/<img|@ada|^## hi/m);
        expect(outside.split("<details").length).toBe(outside.split("</details>").length);
        expect(text).not.toMatch(/\u202e/);
      }),
    );
  });
});
