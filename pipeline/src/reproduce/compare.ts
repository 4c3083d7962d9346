import type { Finding, Outcome, Run, StageRun, StepRun, TestFailure } from "../execute/run.ts";
import type { StageId } from "../plan/plan.ts";

/** The same end, another one, or none that tells: what could not run here says nothing. */
export type Result = "reproduced" | "differs" | "unknown";

/** What a run and its repetition have come to, side by side. */
export interface Comparison {
  readonly result: Result;
  readonly stages: readonly StageComparison[];
  /** Tools that both used, in other versions. */
  readonly tools: readonly Difference<string>[];
}

export interface StageComparison {
  readonly id: StageId;
  readonly result: Result;
  readonly there: Outcome;
  readonly here: Outcome;
  readonly steps: readonly Difference<StepEnd>[];
  readonly failingTests: Sides;
  readonly findings: Sides;
  /** In percent; where both measured it. It differs by itself only where it decides. */
  readonly coverage?: { readonly there: number; readonly here: number };
}

/** By name: in both runs, in the earlier one alone, in this one alone. */
export interface Sides {
  readonly both: readonly string[];
  readonly onlyThere: readonly string[];
  readonly onlyHere: readonly string[];
}

/** What stands under a name in both runs, and is not the same. */
export interface Difference<T> {
  readonly name: string;
  readonly there: T;
  readonly here: T;
}

export interface StepEnd {
  readonly outcome: Outcome;
  readonly exit?: number;
}

/** Compares every stage that was run again. Pure. */
export function compareRuns(there: Run, here: Run): Comparison {
  const planned = here.plan.stages.filter(({ kind, run }) => kind === "check" && run);
  const stages = planned.flatMap(({ id }) => {
    const [before, now] = [stageIn(there, id), stageIn(here, id)];
    return before && now ? [compareStage(before, now)] : [];
  });
  return { result: together(stages), stages, tools: toolDifferences(there.tools, here.tools) };
}

function compareStage(there: StageRun, here: StageRun): StageComparison {
  const steps = stepDifferences(there, here);
  const failingTests = sides(there.steps.flatMap(testNames), here.steps.flatMap(testNames));
  const findings = sides(there.findings.map(findingName), here.findings.map(findingName));
  const same =
    there.outcome === here.outcome &&
    steps.length === 0 &&
    isSame(failingTests) &&
    isSame(findings);
  return {
    id: there.id,
    result: same ? "reproduced" : tellsNothing(here.outcome) ? "unknown" : "differs",
    there: there.outcome,
    here: here.outcome,
    steps,
    failingTests,
    findings,
    ...coverageOf(there, here),
  };
}

function coverageOf(there: StageRun, here: StageRun): Pick<StageComparison, "coverage"> {
  if (!there.coverage || !here.coverage) return {};
  return { coverage: { there: there.coverage.percent, here: here.coverage.percent } };
}

/** A step that one side left out, such as a stand-in for an image, is no difference by itself. */
function stepDifferences(there: StageRun, here: StageRun): Difference<StepEnd>[] {
  return there.steps.flatMap((before) => {
    const now = here.steps.find(({ id }) => id === before.id);
    if (!now || before.outcome === "skipped" || now.outcome === "skipped") return [];
    const same = before.outcome === now.outcome && endsAlike(before, now);
    return same ? [] : [{ name: before.id, there: sideOf(before), here: sideOf(now) }];
  });
}

/** Where neither tests nor findings tell how it failed, the exit code is what there is. */
function endsAlike(before: StepRun, now: StepRun): boolean {
  const tells = ({ tests, findings }: StepRun) => findings.length > 0 || (tests?.failed ?? 0) > 0;
  if (before.exit === undefined || now.exit === undefined) return true;
  return before.exit === now.exit || tells(before) || tells(now);
}

function sideOf({ outcome, exit }: StepRun): StepEnd {
  return { outcome, ...(exit !== undefined && { exit }) };
}

function tellsNothing(outcome: Outcome): boolean {
  return ["not-checked", "error", "cancelled", "skipped"].includes(outcome);
}

function testNames({ id, tests }: StepRun): string[] {
  const failures: readonly TestFailure[] = tests?.failures ?? [];
  const named = failures.map(({ file, suite, name }) =>
    [file, suite, name].filter(Boolean).join(" › "),
  );
  // A long list is cut where it is kept: then its length is all that is known of the rest.
  const rest = (tests?.failed ?? 0) - failures.length;
  return rest > 0 ? [...named, `${rest} more of ${id}`] : named;
}

/** Tools put paths of their machine into messages: the rule says as much, where there is one. */
function findingName({ file, line, rule, message }: Finding): string {
  const place = line > 0 ? `${file}:${line}` : file;
  return [place, rule ?? message].filter(Boolean).join(" ");
}

function sides(there: readonly string[], here: readonly string[]): Sides {
  const [before, now] = [new Set(there), new Set(here)];
  return {
    both: [...before].filter((name) => now.has(name)),
    onlyThere: [...before].filter((name) => !now.has(name)),
    onlyHere: [...now].filter((name) => !before.has(name)),
  };
}

function isSame({ onlyThere, onlyHere }: Sides): boolean {
  return onlyThere.length === 0 && onlyHere.length === 0;
}

function together(stages: readonly StageComparison[]): Result {
  const results = stages.map(({ result }) => result);
  if (results.includes("differs")) return "differs";
  return results.includes("unknown") || results.length === 0 ? "unknown" : "reproduced";
}

function toolDifferences(there: Run["tools"], here: Run["tools"]): Difference<string>[] {
  return Object.entries(there).flatMap(([name, version]) => {
    const now = Object.hasOwn(here, name) ? here[name] : undefined;
    return now === undefined || now === version ? [] : [{ name, there: version, here: now }];
  });
}

function stageIn({ stages }: Run, id: StageId): StageRun | undefined {
  return stages.find((stage) => stage.id === id);
}
