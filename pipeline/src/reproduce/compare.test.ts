import { describe, expect, it } from "vitest";
import { planned } from "../../test/builders/plan.ts";
import {
  coverage,
  finding,
  noTests,
  outcomes,
  samplePlan,
  sampleRun,
  stageRun,
  stepRun,
} from "../../test/builders/run.ts";
import type { Outcome, Run, StageRun, StepRun, TestFailure } from "../execute/run.ts";
import { createPen } from "../report/terminal/paint.ts";
import { compareRuns } from "./compare.ts";
import { comparisonLines, resultSentence } from "./lines.ts";

function run(stages: readonly StageRun[], more: Partial<Run> = {}): Run {
  const plan = samplePlan({ stages: stages.map(({ id }) => planned(id)) });
  return sampleRun({ plan, verdict: "failed", stages: [...stages], ...more });
}

function failing(names: readonly string[], more: Partial<StepRun> = {}): StageRun {
  const failures = names.map((name): TestFailure => ({ name, file: "tests/a.py", message: name }));
  const tests = { ...noTests(), failed: failures.length, failures };
  const step = stepRun("test", { outcome: "failed", exit: 1, tests, ...more });
  return stageRun("unit-tests", { outcome: "failed", steps: [step] });
}

const plain = createPen({ color: false, width: 120 });

function shown(there: Run, here: Run): string {
  const comparison = compareRuns(there, here);
  return comparisonLines({ comparison, there, here, name: "123", notes: [] }, plain).join("\n");
}

describe("a run and its repetition", () => {
  it("are the same with the same failing tests, whatever the order and the messages", () => {
    const there = run([failing(["a", "b"])]);
    const here = run([failing(["b", "a"])]);
    const { result, stages } = compareRuns(there, here);
    expect(result).toBe("reproduced");
    expect(stages[0]?.failingTests).toEqual({
      both: ["tests/a.py › a", "tests/a.py › b"],
      onlyThere: [],
      onlyHere: [],
    });
    expect(shown(there, here)).toContain("2 failing tests in both");
    expect(shown(there, here)).toMatch(/Reproduced: unit-tests ended here as in run 123\.$/);
  });

  it("differ by the tests that failed in one alone", () => {
    const there = run([failing(["a", "b"])]);
    const here = run([failing(["b", "c"])]);
    expect(compareRuns(there, here)).toMatchObject({
      result: "differs",
      stages: [{ failingTests: { onlyThere: ["tests/a.py › a"], onlyHere: ["tests/a.py › c"] } }],
    });
    expect(shown(there, here)).toContain("failing test there alone: tests/a.py › a");
    expect(shown(there, here)).toContain("failing test here alone: tests/a.py › c");
  });

  it("count failing tests that the list was too long for", () => {
    const cut = (failed: number) => {
      const stage = failing(["a"]);
      const tests = { ...noTests(), failed, failures: stage.steps[0]?.tests?.failures ?? [] };
      return run([{ ...stage, steps: [stepRun("test", { outcome: "failed", exit: 1, tests })] }]);
    };
    expect(compareRuns(cut(300), cut(300)).result).toBe("reproduced");
    expect(compareRuns(cut(300), cut(301)).result).toBe("differs");
  });

  it("differ by findings, but not by the words of a rule or by columns", () => {
    const stage = (...findings: StageRun["findings"]) =>
      run([stageRun("code-quality", { outcome: "failed", findings })]);
    const same = finding({ column: 99, message: "in /home/ada/x.py" });
    expect(compareRuns(stage(finding()), stage(same)).result).toBe("reproduced");
    const line = compareRuns(stage(finding()), stage(finding({ line: 4 })));
    expect(line.stages[0]?.findings).toMatchObject({
      onlyThere: ["src/app/core.py:3 F401"],
      onlyHere: ["src/app/core.py:4 F401"],
    });
    const { rule: _, ...bare } = finding();
    const other = { ...bare, message: "another" };
    expect(compareRuns(stage(bare), stage(other)).result).toBe("differs");
  });

  it("differ by the exit code where nothing else tells how a step failed", () => {
    const end = (exit: number) =>
      run([
        stageRun("code-quality", {
          outcome: "failed",
          steps: [stepRun("lint", { outcome: "failed", exit })],
        }),
      ]);
    expect(compareRuns(end(1), end(1)).result).toBe("reproduced");
    expect(compareRuns(end(1), end(127)).result).toBe("differs");
    expect(shown(end(1), end(127))).toContain(
      "step lint: failed (exit 1) there, failed (exit 127)",
    );
    expect(compareRuns(run([failing(["a"])]), run([failing(["a"], { exit: 2 })])).result).toBe(
      "reproduced",
    );
  });

  it("differ by a step's outcome, but not by one that was left out on one side", () => {
    const steps = (first: Outcome, second: Outcome) =>
      run([
        stageRun("smoke-tests", {
          outcome: "failed",
          steps: [stepRun("image", { outcome: first }), stepRun("probe", { outcome: second })],
        }),
      ]);
    expect(compareRuns(steps("passed", "failed"), steps("skipped", "failed")).result).toBe(
      "reproduced",
    );
    expect(
      compareRuns(steps("passed", "failed"), steps("failed", "timed-out")).stages,
    ).toMatchObject([{ result: "differs", steps: [{ name: "image" }, { name: "probe" }] }]);
  });

  it.each(outcomes)(
    "with %s there and passed here have not reproduced it, unless that is the same",
    (outcome) => {
      const there = run([stageRun("unit-tests", { outcome })]);
      const here = run([stageRun("unit-tests")], { verdict: "passed" });
      const { result } = compareRuns(there, here);
      expect(result).toBe(outcome === "passed" ? "reproduced" : "differs");
      const sentence =
        outcome === "passed" ? /^Reproduced/m : /^Not reproduced: unit-tests passed here/m;
      expect(shown(there, here)).toMatch(sentence);
    },
  );

  it.each(["not-checked", "error", "cancelled", "skipped"] as const)(
    "with %s here tell nothing, unless it was so there",
    (outcome) => {
      const there = run([failing(["a"])]);
      const here = run([stageRun("unit-tests", { outcome })], { verdict: "unknown" });
      expect(compareRuns(there, here).result).toBe("unknown");
      expect(compareRuns(here, here).result).toBe("reproduced");
      expect(shown(there, here)).toContain("Not known: unit-tests could not be run here");
    },
  );

  it("say so where a stage that was needed is red here alone", () => {
    const there = run([stageRun("code-quality"), failing(["a"])]);
    const red = stageRun("code-quality", { outcome: "failed" });
    const here = run([red, stageRun("unit-tests", { outcome: "skipped" })]);
    expect(compareRuns(there, here)).toMatchObject({
      result: "differs",
      stages: [{ result: "differs" }, { result: "unknown" }],
    });
    expect(shown(there, here)).toContain("Not the same: code-quality ended here otherwise");
  });

  it("leave what was green in both out of the answer", () => {
    const both = run([stageRun("code-quality"), failing(["a"])]);
    expect(shown(both, both)).toMatch(/code-quality\s+passed there, passed here\s+same/);
    expect(shown(both, both)).toContain("Reproduced: unit-tests ended");
  });

  it("name tools in other versions, and another kind of executor", () => {
    const there = run([failing(["a"])], {
      tools: { python: "3.12.7", uv: "0.9.2" },
      executor: "dagger",
    });
    const here = run([failing(["a"])], { tools: { python: "3.12.1", uv: "0.9.2", node: "24" } });
    expect(compareRuns(there, here).tools).toEqual([
      { name: "python", there: "3.12.7", here: "3.12.1" },
    ]);
    expect(shown(there, here)).toContain(
      "tools in other versions: python 3.12.7 there, 3.12.1 here",
    );
    expect(shown(there, here)).toContain("it ran in containers there, and as processes here");
  });

  it("name coverage in both where it is another, which alone is no difference", () => {
    const covered = (value: number) =>
      run([{ ...failing(["a"]), coverage: coverage({ percent: value }) }]);
    expect(compareRuns(covered(62.5), covered(75)).result).toBe("reproduced");
    expect(shown(covered(62.5), covered(75))).toContain("coverage 62.5% there, 75% here");
    expect(shown(covered(62.5), covered(62.51))).not.toContain("coverage");
  });

  it("claim nothing of a run that was cancelled, or that ran nothing", () => {
    const there = run([failing(["a"])]);
    const here = run([stageRun("unit-tests", { outcome: "cancelled" })], { verdict: "cancelled" });
    const comparison = compareRuns(there, here);
    expect(resultSentence({ comparison, there, here, name: "1", notes: [] })).toMatch(/^Cancelled/);
    expect(compareRuns(there, run([])).result).toBe("unknown");
  });

  it("show nothing that acts in a terminal", () => {
    const there = run([failing(["\u001b[2Jevil\u202e"])]);
    const here = run([stageRun("unit-tests")], { verdict: "passed", tools: { uv: "\u001b[31m9" } });
    const comparison = compareRuns(there, here);
    const task = { comparison, there, here, name: "\u001b[2J", notes: ["\u001b]0;x\u0007"] };
    const text = comparisonLines(task, plain).join("\n");
    for (const mark of ["\u001b", "\u0007", "\u202e"]) expect(text).not.toContain(mark);
    expect(text).toContain("tests/a.py › evil");
  });
});
