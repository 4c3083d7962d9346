import type { RunEvent } from "../../execute/events.ts";
import type { StepRun } from "../../execute/run.ts";
import { commandData, inertLine } from "../github-log.ts";
import { visibleText } from "../visible.ts";
import { stepLine } from "./step-line.ts";

/** Output that is kept until its step has ended, then shown as one of GitHub's groups. */
export interface Groups {
  readonly add: (event: Extract<RunEvent, { type: "output" }>) => void;
  /** Whether there was anything to show. */
  readonly show: (stage: string, step: StepRun) => boolean;
}

/** Of one step; the log in the run's folder has all of it. */
const mostHead = 100_000;
const mostTail = 400_000;

export function createGroups(write: (text: string) => void, token: string | undefined): Groups {
  const kept = new Map<string, Kept>();
  return {
    add: ({ stage, step, text }) => {
      const key = `${stage}/${step}`;
      kept.set(key, keep(kept.get(key) ?? { head: "", tail: "", left: 0 }, text));
    },
    show: (stage, step) => {
      const key = `${stage}/${step.id}`;
      const output = kept.get(key);
      kept.delete(key);
      if (!output) return false;
      write(group(stepLine(stage, step), textOf(output), token));
      return true;
    },
  };
}

interface Kept {
  readonly head: string;
  readonly tail: string;
  /** Characters that were left out between the two. */
  readonly left: number;
}

function keep({ head, tail, left }: Kept, text: string): Kept {
  const room = mostHead - head.length;
  const all = tail + text.slice(Math.max(0, room));
  const over = Math.max(0, all.length - mostTail);
  // Only now and then, since cutting a long text for every chunk would take its square in time.
  const cut = over > mostTail ? over : 0;
  return { head: head + text.slice(0, Math.max(0, room)), tail: all.slice(cut), left: left + cut };
}

function textOf({ head, tail, left }: Kept): string {
  const over = Math.max(0, tail.length - mostTail);
  const missing = left + over;
  if (missing === 0) return head + tail;
  return `${head}\n… ${missing} characters left out; the step's log has them …\n${tail.slice(over)}`;
}

/** Nothing in the output is obeyed: commands are switched off for it, or made inert line by line. */
function group(title: string, output: string, token: string | undefined): string {
  const text = visibleText(output).trimEnd();
  const body = token ? text.replaceAll(token, "…") : text.split("\n").map(inertLine).join("\n");
  return [
    `::group::${commandData(title)}`,
    ...(token ? [`::stop-commands::${token}`] : []),
    body,
    ...(token ? [`::${token}::`] : []),
    "::endgroup::",
    "",
  ].join("\n");
}
