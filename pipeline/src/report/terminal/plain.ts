import type { Listener, RunEvent } from "../../execute/events.ts";
import { createLineReader, type LineReader } from "../../results/lines.ts";
import { inertLine } from "../github-log.ts";
import { visibleLine } from "../visible.ts";
import { duration, outcomeWords, wordsOf } from "../words.ts";
import { createGroups } from "./groups.ts";
import { stepLine, stepName } from "./step-line.ts";

export interface PlainOptions {
  /** Whether the tools' output is shown as it comes. */
  readonly verbose: boolean;
  /** Whether the log is GitHub's: output is then shown in a group a step, once it has ended. */
  readonly github: boolean;
  /** A random word, under which GitHub's runner obeys nothing that stands in a tool's output. */
  readonly token?: string | undefined;
}

type Write = (text: string) => void;

const longestLine = 2000;

/** What a run says where there is no terminal: a line an event, each with the name of its step. */
export function createPlainListener(write: Write, options: PlainOptions): Listener {
  const say = (line: string): void => write(`${options.github ? inertLine(line) : line}\n`);
  const groups = options.github ? createGroups(write, options.token) : undefined;
  const verbose = options.verbose && !options.github ? createPrefixed(say) : undefined;
  return (event) => {
    if (event.type === "output") {
      groups?.add(event);
      verbose?.add(event);
      return;
    }
    if (event.type === "step-ended") {
      verbose?.end(event.stage.id, event.step.id);
      if (groups?.show(event.stage.id, event.step)) return;
    }
    const line = lineOf(event);
    if (line !== undefined) say(line);
  };
}

function lineOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case "step-started":
      return event.attempt > 1
        ? `↻ ${stepName(event.stage.id, event.step.id)}  again, attempt ${event.attempt}`
        : undefined;
    case "stage-started":
      return `▶ ${event.stage.id}`;
    case "note":
      return `· ${visibleLine(event.step ? stepName(event.stage, event.step) : event.stage)}  ${visibleLine(event.text)}`;
    case "step-ended":
      return stepLine(event.stage.id, event.step);
    case "stage-ended":
      return stageLine(event.stage);
    default:
      return undefined;
  }
}

function stageLine(stage: Extract<RunEvent, { type: "stage-ended" }>["stage"]): string {
  const { symbol, word } = wordsOf(stage);
  if (stage.outcome === "skipped") {
    return `${outcomeWords.skipped.symbol} ${stage.id}  skipped: ${visibleLine(stage.reason)}`;
  }
  return `${symbol} ${stage.id}  ${word}, ${duration(stage.seconds)}`;
}

/** Lines of steps that run side by side, each whole and with its step's name. */
function createPrefixed(say: (line: string) => void): {
  readonly add: (event: Extract<RunEvent, { type: "output" }>) => void;
  readonly end: (stage: string, step: string) => void;
} {
  const readers = new Map<string, LineReader>();
  return {
    add: ({ stage, step, text }) => {
      const name = stepName(stage, step);
      const reader =
        readers.get(name) ??
        createLineReader(longestLine, (line) => say(`${name} │ ${visibleLine(line)}`));
      readers.set(name, reader);
      reader.push(text);
    },
    end: (stage, step) => {
      const name = stepName(stage, step);
      readers.get(name)?.end();
      readers.delete(name);
    },
  };
}
