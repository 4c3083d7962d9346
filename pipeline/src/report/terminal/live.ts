import type { Listener, RunEvent } from "../../execute/events.ts";
import { visibleLine } from "../visible.ts";
import { createBoard } from "./board.ts";
import { boardLines } from "./board-lines.ts";
import { endedLines } from "./ended-lines.ts";
import { createPen, type Pen } from "./paint.ts";

export interface LiveOptions {
  readonly write: (text: string) => void;
  readonly color: boolean;
  /** The terminal's columns, now. */
  readonly columns: () => number;
  /** The terminal's rows, now; absent: 24. */
  readonly rows?: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** How many seconds each stage took last time, by its id. */
  readonly lastSeconds?: Readonly<Record<string, number>> | undefined;
}

export interface LiveView {
  readonly listener: Listener;
  /** Draws again; to be called some ten times a second. */
  readonly tick: () => void;
  /** Takes the view away and gives the cursor back. May be called twice. */
  readonly stop: () => void;
}

const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";
const eraseLine = "\u001b[2K";

/**
 * A live view of the stages: a block of lines at the terminal's end that is drawn over and over,
 * with what has ended and did not pass above it.
 */
export function createLiveListener(options: LiveOptions): LiveView {
  const board = createBoard(options.now);
  let drawn = 0;
  let begun = false;
  let stopped = false;

  const pen = (): Pen => createPen({ color: options.color, width: options.columns() });
  /** One write a frame, so that nothing flickers. */
  const draw = (above: readonly string[]): void => {
    if (stopped) return;
    const lines = begun ? frame(board, pen(), options) : [];
    const cursor = begun && drawn === 0 ? hideCursor : "";
    options.write(cursor + redraw([...above, ...lines], drawn));
    drawn = lines.length;
  };
  return {
    listener: (event) => {
      if (event.type === "run-started") begun = true;
      board.take(event);
      const above = aboveLines(event, pen());
      if (above.length > 0) draw(above);
    },
    tick: () => {
      if (begun) draw([]);
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      if (begun) options.write(redraw([], drawn) + showCursor);
    },
  };
}

/**
 * Writes lines over the ones that were drawn before. Line by line, since terminals keep what is
 * erased all at once in their history, and it would fill with old frames.
 */
function redraw(lines: readonly string[], drawn: number): string {
  const left = Math.max(0, drawn - lines.length);
  return [
    drawn > 0 ? `\r${up(drawn)}` : "",
    ...lines.map((line) => `${eraseLine}${line}\n`),
    `${eraseLine}\n`.repeat(left),
    left > 0 ? up(left) : "",
  ].join("");
}

function up(lines: number): string {
  return `\u001b[${lines}A`;
}

function frame(board: ReturnType<typeof createBoard>, pen: Pen, options: LiveOptions): string[] {
  const rows = Math.max(4, (options.rows?.() ?? 24) - 2);
  return boardLines(board, pen, {
    now: options.now(),
    lastSeconds: options.lastSeconds ?? {},
  }).slice(0, rows);
}

function aboveLines(event: RunEvent, pen: Pen): string[] {
  if (event.type === "step-ended") return endedLines(event.stage.id, event.step, pen);
  if (event.type !== "note") return [];
  const name = event.step === undefined ? event.stage : `${event.stage}/${event.step}`;
  return [pen.paint(`· ${pen.cut(`${visibleLine(name)}  ${event.text}`, 3)}`, "grey")];
}
