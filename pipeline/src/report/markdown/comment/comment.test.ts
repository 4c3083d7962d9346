import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverage, stageRun } from "../../../../test/builders/run.ts";
import { greenRun, hostileRun, hugeRun, redRun } from "../../../../test/builders/sample-runs.ts";
import { anyText } from "../../../../test/builders/text.ts";
import { mostMissingFiles } from "../../../results/cobertura.ts";
import { commentMarkdown, longestComment } from "./comment.ts";
import { readStamp, stampOf } from "./stamp.ts";

const url = "https://github.com/org/rose/actions/runs/123";
const base = { branch: "develop", commit: "a".repeat(40), stages: { "unit-tests": 74.9 } };
const change = { lines: new Map([["src/app/memory.py", new Set([11, 12, 13, 40, 50])]]) };

describe("commentMarkdown", () => {
  it("begins with the stamp and the verdict", () => {
    const run = greenRun({ url });
    const text = commentMarkdown({ run });
    expect(readStamp(text)).toEqual(stampOf(run));
    expect(text.split("\n").slice(1, 4).join("\n")).toMatch(
      /^## ✓ Passed: 3 stages in 1m 15s\.\n\n\*\*rose\*\*/,
    );
    expect(text).toContain(`[the run](${url}) · [artifacts](${url}#artifacts)`);
  });

  it("shows coverage with its change, and without where the base is not known", () => {
    const run = greenRun();
    expect(commentMarkdown({ run })).toContain("| 75.2% |");
    const compared = commentMarkdown({ run, base });
    expect(compared).toContain("| 75.2% (+0.3) |");
    expect(compared).toContain("Coverage is compared with `develop` at `aaaaaaaaaaaa`.");
    const instead = { ...base, insteadOf: "b".repeat(40) };
    expect(commentMarkdown({ run, base: instead })).toContain(
      "at `aaaaaaaaaaaa`, its newest green run: nothing is known of `bbbbbbbbbbbb`, where",
    );
  });

  it("says why coverage is not compared, and shows no change then", () => {
    const run = greenRun();
    const other = { ...base, stages: { "code-quality": 1 } };
    const none = commentMarkdown({ run, base: other });
    expect(none).toContain("| 75.2% |");
    expect(none).toContain(
      "Coverage is not compared: `develop` at `aaaaaaaaaaaa` measured none of these stages.",
    );
    const unknown = commentMarkdown({ run, base: { unknown: "it has @expired" } });
    expect(unknown).toContain("| 75.2% |");
    expect(unknown).toContain("Coverage is not compared: it has &#64;&#8203;expired.");
    expect(commentMarkdown({ run })).not.toContain("compared");
  });

  it.each([
    "### ✗ unit-tests: 2 failing tests\n\n✗ `tests/unit/test_memory.py::TestMemory::test_recall`",
    "<details><summary>trace</summary>",
    "Again, on any machine:\n\n```sh\ngantry run unit-tests\n```",
    "### ✗ integration-tests: timed out, not blocking",
    "**Mend:** raise `timeout` of the step",
    "### ✗ code-quality: 3 findings\n\n- `src/app/core.py:3:8` `os` imported but unused (F401)",
    "**Mend:** `ruff check --fix` mends some of it",
    "### unit-tests: 3 lines of this change that no test runs\n\n- `src/app/memory.py:12` 3: 12–13, 40",
    "### Flaky: failed first, then passed",
    "### Warnings\n\n- coverage of frontend",
  ])("shows of a red run %j", (part) => {
    expect(commentMarkdown({ run: redRun(), change })).toContain(part);
  });

  it("says why the change's lines are not known", () => {
    const unknown = { unknown: "this clone is shallow", mend: "`git fetch --unshallow`" };
    expect(commentMarkdown({ run: greenRun(), change: unknown })).toContain(
      "Not known: this clone is shallow. **Mend:** `git fetch --unshallow`",
    );
    expect(commentMarkdown({ run: greenRun(), change: { lines: new Map() } })).not.toContain(
      "of this change",
    );
  });

  it("says where a run keeps too few files to be sure", () => {
    const missing = Array.from({ length: mostMissingFiles }, (_, n) => ({
      file: `${n}.py`,
      lines: [1],
      total: 2,
    }));
    const run = greenRun({ stages: [stageRun("unit-tests", { coverage: coverage({ missing }) })] });
    const text = commentMarkdown({ run, change: { lines: new Map() } });
    expect(text).toContain("None found.\n\nLooked for in the 50 files");
  });

  it("is never too long, and never loses its verdict", () => {
    const sizes = fc.record({ tests: fc.nat(40_000), findings: fc.nat(3000) });
    fc.assert(
      fc.property(sizes, anyText, fc.nat(4000), (size, noise, times) => {
        const huge = hugeRun(size);
        const hostile = hostileRun(`${noise}@`.repeat(times + 1));
        const stages = [...hostile.stages, ...huge.stages, ...hostile.stages];
        const text = commentMarkdown({
          run: { ...huge, stages, warnings: hostile.warnings },
          base,
        });
        expect(text.length).toBeLessThanOrEqual(longestComment);
        expect(text).toMatch(/^<!-- gantry:comment [^\n]*-->\n## ✗ Failed: /);
        expect(text).toContain("| ✗ code-quality | failed |");
        expect(text.split("<details").length).toBe(text.split("</details>").length);
        expect(text.match(/^```/gm)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0);
        expect(text).toMatch(/keeps this comment current.*<\/sub>\n$/);
      }),
      { numRuns: 25 },
    );
  });

  it("leaves something of every section, and says how much is left out", () => {
    const text = commentMarkdown({ run: hugeRun({ tests: 20_000 }) });
    const [, tests] = /and (\d+) more failing tests/.exec(text) ?? [];
    const [, findings] = /and (\d+) more findings/.exec(text) ?? [];
    expect(Number(tests)).toBeLessThan(1000);
    expect(Number(tests)).toBeGreaterThan(0);
    expect(Number(findings)).toBeGreaterThan(900);
    expect(text.length).toBeGreaterThan(longestComment - 4000);
  });

  it("keeps its form, whatever the names are", () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (noise, compared) => {
        const commit = `${noise}<img>@ada`;
        const known = { ...base, branch: `${noise}\`@ada`, commit, insteadOf: commit };
        const text = commentMarkdown({
          run: hostileRun(`${noise}|</details>\`\`\`\n## hi @ada #1 <img> --> \u202e`),
          base: compared ? known : { unknown: `${noise} @ada <img>` },
          change: { unknown: `${noise} @ada <img>`, mend: `\`${noise}<img>` },
        });
        const outside = text
          .replace(/^(`{3,})[^`\n]*\n[\s\S]*?\n\1$/gm, "")
          .replace(/(`+)[^\n]*?[^`]\1(?!`)/g, "");
        expect(outside).not.toMatch(/<img|@ada|(?<!&)#1|^## hi/m);
        expect(outside.split("<details").length).toBe(outside.split("</details>").length);
        expect(outside.split("<!--").length).toBe(2);
        expect(text).not.toMatch(/\u202e/);
      }),
    );
  });
});
