import type { Run } from "../execute/run.ts";
import type { Pen, Style } from "../report/terminal/paint.ts";
import { wrap } from "../report/terminal/wrap.ts";
import { visibleLine } from "../report/visible.ts";
import { listed, outcomeWords, percent, plural } from "../report/words.ts";
import type { Comparison, Result, Sides, StageComparison, StepEnd } from "./compare.ts";

/** What is said of a repetition beside the runs themselves. */
export interface Repetition {
  readonly comparison: Comparison;
  readonly there: Run;
  readonly here: Run;
  /** What people call the earlier run. */
  readonly name: string;
  readonly notes: readonly string[];
}

const looks: Readonly<Record<Result, { readonly word: string; readonly style: Style }>> = {
  reproduced: { word: "reproduced", style: "green" },
  differs: { word: "differs", style: "yellow" },
  unknown: { word: "not known", style: "yellow" },
};

/** The end of `gantry reproduce`, below the run's own: both runs side by side, the answer last. */
export function comparisonLines(repetition: Repetition, pen: Pen): string[] {
  const { comparison, notes } = repetition;
  const { paint } = pen;
  const remarks = [...notes, ...toolNote(repetition)];
  return [
    paint(`── compared with run ${visibleLine(repetition.name)}`, "bold"),
    ...table(comparison.stages, pen),
    ...remarks.flatMap((note) => hanging("note", note, pen)),
    "",
    paint(paint(resultSentence(repetition), looks[comparison.result].style), "bold"),
  ];
}

function table(stages: readonly StageComparison[], pen: Pen): string[] {
  const names = Math.max(0, ...stages.map(({ id }) => id.length));
  const words = stages.map(({ there, here }) => `${wordOf(there)} there, ${wordOf(here)} here`);
  const width = Math.max(0, ...words.map(({ length }) => length));
  return stages.flatMap((stage, index) => {
    const { word, style } = looks[stage.result];
    const end = pen.paint(isQuiet(stage) ? "same" : word, isQuiet(stage) ? "grey" : style);
    const left = `  ${stage.id.padEnd(names)}  ${(words[index] as string).padEnd(width)}`;
    return [`${left}  ${end}`, ...details(stage, pen)];
  });
}

/** That what was green is green again reproduces nothing. */
function isQuiet({ result, there }: StageComparison): boolean {
  return result === "reproduced" && there === "passed";
}

function details(stage: StageComparison, pen: Pen): string[] {
  const { steps, failingTests, findings } = stage;
  return [
    ...coverageLine(stage),
    ...steps.map(
      ({ name, there, here }) => `step ${name}: ${endOf(there)} there, ${endOf(here)} here`,
    ),
    ...sideLines(failingTests, "failing test"),
    ...sideLines(findings, "finding"),
  ].map((line) => `    ${pen.cut(line, 4)}`);
}

function coverageLine({ coverage }: StageComparison): string[] {
  const [there, here] = [coverage?.there, coverage?.here].map((value) => percent(value ?? 0));
  return there === here ? [] : [`coverage ${there} there, ${here} here`];
}

const mostNamed = 10;

function sideLines({ both, onlyThere, onlyHere }: Sides, word: string): string[] {
  return [
    ...(both.length > 0 ? [`${plural(both.length, word)} in both`] : []),
    ...named(onlyThere, `${word} there alone`),
    ...named(onlyHere, `${word} here alone`),
  ];
}

function named(names: readonly string[], what: string): string[] {
  const rest = names.length - mostNamed;
  const shown = names.slice(0, mostNamed).map((name) => `${what}: ${name}`);
  return rest > 0 ? [...shown, `and ${rest} more`] : shown;
}

/** Where the outcome is another one, the tools are what to look at first. */
function toolNote({ comparison: { tools }, there, here }: Repetition): string[] {
  const versions = tools.map((tool) => `${tool.name} ${tool.there} there, ${tool.here} here`);
  return [
    ...(versions.length > 0 ? [`tools in other versions: ${versions.join("; ")}`] : []),
    ...(there.executor === here.executor
      ? []
      : [`it ran ${place(there)} there, and ${place(here)} here`]),
  ];
}

function place({ executor }: Run): string {
  return executor === "host" ? "as processes" : "in containers";
}

function hanging(label: string, text: string, pen: Pen): string[] {
  const lines = wrap(visibleLine(text), pen.width - label.length - 4);
  return lines.map((line, index) => {
    const head = index === 0 ? label : " ".repeat(label.length);
    return pen.paint(`  ${head}  ${line}`, "grey");
  });
}

/** The answer in a sentence. */
export function resultSentence({ comparison, here, name }: Repetition): string {
  const { result, stages } = comparison;
  const run = `run ${visibleLine(name)}`;
  const ids = (wanted: Result) =>
    listed(
      stages.filter((stage) => stage.result === wanted && !isQuiet(stage)).map(({ id }) => id),
    );
  if (here.verdict === "cancelled") return "Cancelled: nothing is known of the rest.";
  switch (result) {
    case "reproduced":
      return `Reproduced: ${ids("reproduced")} ended here as in ${run}.`;
    case "unknown":
      return `Not known: ${ids("unknown") || "nothing"} could not be run here as in ${run}.`;
    case "differs":
      return here.verdict === "passed" && stages.every((stage) => stage.here === "passed")
        ? `Not reproduced: ${ids("differs")} passed here, other than in ${run}.`
        : `Not the same: ${ids("differs")} ended here otherwise than in ${run}.`;
  }
}

function endOf({ outcome, exit }: StepEnd): string {
  return exit ? `${wordOf(outcome)} (exit ${exit})` : wordOf(outcome);
}

function wordOf(outcome: StageComparison["there"]): string {
  return outcomeWords[outcome].word;
}
