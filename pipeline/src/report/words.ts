import type { Coverage, Outcome, Run, StageRun, StepRun, Verdict } from "../execute/run.ts";
import { isRed } from "../execute/verdict.ts";

/** Names of colours; each report has its own way to show them. */
export type Colour = "green" | "red" | "yellow" | "grey";

export interface Words {
  readonly symbol: string;
  readonly word: string;
  readonly colour: Colour;
}

/** Every outcome as people read it, the same in all reports. */
export const outcomeWords: Readonly<Record<Outcome, Words>> = {
  passed: { symbol: "✓", word: "passed", colour: "green" },
  failed: { symbol: "✗", word: "failed", colour: "red" },
  "coverage-below": { symbol: "✗", word: "coverage too low", colour: "red" },
  "no-tests": { symbol: "✗", word: "no tests found", colour: "red" },
  flaky: { symbol: "✗", word: "flaky tests", colour: "red" },
  "timed-out": { symbol: "✗", word: "timed out", colour: "red" },
  "out-of-memory": { symbol: "✗", word: "out of memory", colour: "red" },
  "not-checked": { symbol: "?", word: "not checked", colour: "yellow" },
  skipped: { symbol: "–", word: "skipped", colour: "grey" },
  cancelled: { symbol: "■", word: "cancelled", colour: "yellow" },
  error: { symbol: "!", word: "could not run", colour: "yellow" },
};

export const verdictWords: Readonly<Record<Verdict, Words>> = {
  passed: { symbol: "✓", word: "Passed", colour: "green" },
  failed: { symbol: "✗", word: "Failed", colour: "red" },
  unknown: { symbol: "?", word: "Unknown", colour: "yellow" },
  cancelled: { symbol: "■", word: "Cancelled", colour: "yellow" },
};

/** A stage's or step's outcome; what does not block is red without stopping anything. */
export function wordsOf({ outcome, blocking }: Pick<StageRun, "outcome" | "blocking">): Words {
  const words = outcomeWords[outcome];
  if (blocking || !isTrouble(outcome)) return words;
  return { ...words, word: `${words.word}, not blocking`, colour: "yellow" };
}

/** Whether a person has to look at it: red, or not known. */
export function isTrouble(outcome: Outcome): boolean {
  return isRed(outcome) || outcome === "not-checked" || outcome === "error";
}

/** The steps that a person has to look at. */
export function troubledSteps(stage: StageRun): StepRun[] {
  return stage.steps.filter((step) => isTrouble(step.outcome));
}

/** `0.4s`, `12.3s`, `2m 03s`, `1h 02m`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds <= 0) return "0s";
  if (seconds < 0.05) return "<0.1s";
  if (seconds < 59.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours}h ${String(minutes).padStart(2, "0")}m`;
  return `${minutes}m ${String(whole % 60).padStart(2, "0")}s`;
}

/** The same while it runs, where tenths would only flicker: `3s`, `1m 04s`. */
export function elapsed(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return whole < 60 ? `${whole}s` : duration(whole);
}

/** Rounded down to a tenth, so that 69.96 never reads as the 70 that it is not. */
export function percent(value: number): string {
  const tenths = Math.floor(value * 10 + 1e-9) / 10;
  return `${Number.isInteger(tenths) ? tenths : tenths.toFixed(1)}%`;
}

/** `1 test`, `3 tests`. */
export function plural(count: number, word: string, several = `${word}s`): string {
  return `${count} ${count === 1 ? word : several}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** `318 passed, 2 failed, 4 skipped`, without what is none. */
export function testWords(counts: NonNullable<StageRun["tests"]>): string {
  const parts = (["passed", "failed", "skipped"] as const).filter((key) => counts[key] > 0);
  return parts.map((key) => `${counts[key]} ${key}`).join(", ") || "no tests";
}

/** `75.2%`, and `62.5% < 70%` where that is too low. */
export function coverageWords(coverage: Coverage): string {
  const { percent: value, minimum } = coverage;
  return isBelow(coverage) ? `${percent(value)} < ${percent(minimum ?? 0)}` : percent(value);
}

export function isBelow({ percent: value, minimum }: Coverage): boolean {
  return minimum !== undefined && value < minimum;
}

/** How many lines and branches have to be covered before the gate opens. */
export function coverageLack({ lines, branches, minimum }: Coverage): number {
  const wanted = Math.ceil(((minimum ?? 0) * (lines.total + branches.total)) / 100 - 1e-9);
  return Math.max(0, wanted - lines.covered - branches.covered);
}

/** `4, 10–13, 20`, and how many more ranges there are. */
export function lineRanges(lines: readonly number[], most = 6): string {
  const ranges: [number, number][] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  const shown = ranges.slice(0, most).map(([from, to]) => (from === to ? from : `${from}–${to}`));
  return `${shown.join(", ")}${ranges.length > most ? ", …" : ""}`;
}

/** What one types to see the same again. */
export function reproduceCommand(stage: Pick<StageRun, "id">): string {
  return `gantry run ${stage.id}`;
}

/** The run in one sentence. */
export function verdictSentence(run: Run): string {
  const ran = run.stages.filter((stage) => stage.outcome === "passed").length;
  const red = run.stages.filter((stage) => stage.blocking && isRed(stage.outcome));
  const unsure = run.stages.filter(
    (stage) => stage.blocking && (stage.outcome === "not-checked" || stage.outcome === "error"),
  );
  const after = duration(run.seconds);
  switch (run.verdict) {
    case "passed":
      return `Passed: ${plural(ran, "stage")} in ${after}.${tolerated(run)}`;
    case "failed":
      return `Failed: ${listed(red.map(stageWords)) || "see above"}, after ${after}.`;
    case "unknown":
      return unsure.length > 0
        ? `Unknown: ${listed(unsure.map(stageWords))}. What was not checked is not passed.`
        : `Unknown: nothing ${ran > 0 ? "of the code " : ""}was checked, and that is not a pass.`;
    case "cancelled":
      return `Cancelled after ${after}: what had ended by then stands, the rest is not known.`;
  }
}

function stageWords({ id, outcome }: StageRun): string {
  return outcome === "failed" ? id : `${id} (${outcomeWords[outcome].word})`;
}

function tolerated(run: Run): string {
  const red = run.stages.filter((stage) => !stage.blocking && isTrouble(stage.outcome));
  if (red.length === 0) return "";
  return ` ${listed(red.map(stageWords))} did not pass, but ${red.length === 1 ? "does" : "do"} not block.`;
}
