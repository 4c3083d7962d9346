import { stripAnsi } from "../../results/text.ts";
import { visibleLine } from "../visible.ts";
import { duration, elapsed, outcomeWords, plural, testWords, wordsOf } from "../words.ts";
import type { Board, BoardStage, RunningStep } from "./board.ts";
import type { Pen } from "./paint.ts";

export interface BoardView {
  /** Milliseconds, of the clock that the board uses. */
  readonly now: number;
  readonly lastSeconds: Readonly<Record<string, number>>;
}

const spinner = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];
const mostSteps = 4;

/** One line a stage, and below a running one a line for each step that runs. */
export function boardLines(board: Board, pen: Pen, view: BoardView): string[] {
  const stages = board.stages();
  const width = Math.max(0, ...stages.map((stage) => stage.id.length));
  const lines = stages.flatMap((stage) => stageLines(stage, width, pen, view));
  return lines.length === 0 ? [] : ["", ...lines];
}

function stageLines(stage: BoardStage, width: number, pen: Pen, view: BoardView): string[] {
  const name = stage.id.padEnd(width);
  if (stage.ended) return [endedLine(stage.ended, name, pen)];
  if (stage.startedAt === undefined && stage.running.size === 0)
    return [waitingLine(stage, name, pen)];
  const mark = spinner[Math.floor(view.now / 100) % spinner.length] as string;
  const steps = [...stage.running.values()];
  const more = steps.length - mostSteps;
  return [
    `  ${pen.paint(mark, "yellow")} ${name}  ${timeWords(stage, view, pen)}`,
    ...steps.slice(0, mostSteps).map((step) => stepLine(step, pen, view)),
    ...(more > 0 ? [pen.paint(`      and ${plural(more, "more step")}`, "grey")] : []),
  ];
}

function waitingLine(stage: BoardStage, name: string, pen: Pen): string {
  const needs = stage.needs.length > 0 ? `after ${stage.needs.join(", ")}` : "waits";
  return pen.paint(`  · ${name}  ${pen.cut(needs, name.length + 7)}`, "grey");
}

function endedLine(stage: NonNullable<BoardStage["ended"]>, name: string, pen: Pen): string {
  const { symbol, word, colour } = wordsOf(stage);
  const time = stage.seconds > 0 ? `${duration(stage.seconds)}  ` : "";
  const facts =
    stage.outcome === "skipped" ? stage.reason : stage.tests ? testWords(stage.tests) : "";
  const says = stage.outcome === "passed" ? facts : [word, facts].filter(Boolean).join(", ");
  const quiet = stage.outcome === "skipped" ? outcomeWords.skipped.colour : colour;
  return `  ${pen.paint(symbol, quiet)} ${name}  ${pen.paint(time, "grey")}${pen.cut(says, name.length + time.length + 7)}`.trimEnd();
}

/** An early step may run before its stage does. */
function timeWords(stage: BoardStage, { now, lastSeconds }: BoardView, pen: Pen): string {
  if (stage.startedAt === undefined) return pen.paint("gets ready", "grey");
  const seconds = (now - stage.startedAt) / 1000;
  const last = Object.hasOwn(lastSeconds, stage.id) ? lastSeconds[stage.id] : undefined;
  const before = last === undefined ? "" : `, ${duration(last)} last time`;
  return `${elapsed(seconds)}${pen.paint(before, "grey")}`;
}

function stepLine(step: RunningStep, pen: Pen, { now }: BoardView): string {
  const seconds = elapsed((now - step.startedAt) / 1000);
  const again = step.attempt > 1 ? `, attempt ${step.attempt}` : "";
  const head = pen.cut(`${step.title}  ${seconds}${again}`, 8);
  const said = pen.cut(lastLine(step.said), head.length + 11);
  return `      ${head}${said === "" || head.length > pen.width - 24 ? "" : pen.paint(`  ${said}`, "grey")}`;
}

/** The last whole line that says something; the first one may be cut off at its beginning. */
function lastLine(text: string): string {
  const lines = stripAnsi(text).split(/[\r\n]+/);
  const said = lines.map(visibleLine).filter((line) => line !== "");
  return said.at(-1) ?? "";
}
