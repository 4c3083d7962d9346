import { createFindingCollector } from "../results/findings/collector.ts";
import type { Finding } from "./run.ts";
import type { StepRequest } from "./run-step.ts";

const tailLength = 8 * 1024;

/** Takes a step's output: masks it, logs it, shows it, and looks for findings; bounded in memory. */
export interface Output {
  readonly push: (chunk: string) => Promise<void>;
  /** Lets out what was held back; to be called when the command has ended. */
  readonly flush: () => Promise<void>;
  readonly tail: () => string;
  readonly findings: () => Finding[];
  readonly written: () => boolean;
  /** The log, relative to the run's folder. */
  readonly path: string;
}

export function createOutput({ step, stage, scope }: StepRequest): Output {
  const redacted = scope.redactor.stream();
  const directory = step.kind === "exec" ? step.directory : ".";
  const collector = createFindingCollector({ files: fileSet(scope.request.files), directory });
  let tail = "";
  let any = false;

  const pass = async (text: string): Promise<void> => {
    if (text === "") return;
    any = true;
    tail = (tail + text).slice(-tailLength);
    collector.push(text);
    scope.emit({ type: "output", stage: stage.id, step: step.id, text });
    await scope.request.log(stage.id, step.id, text);
  };
  return {
    path: logPath(stage.id, step.id),
    push: (chunk) => pass(redacted.push(chunk)),
    flush: () => pass(redacted.end()),
    tail: () => tail,
    findings: () => collector.end(),
    written: () => any,
  };
}

/** Where a step's log stands in the run's folder. */
export function logPath(stage: string, step: string): string {
  return `logs/${stage}/${step.replaceAll("/", ".")}.log`;
}

/** The folder for what a step leaves, in the run's folder. */
export function artifactsPath(stage: string, step: string): string {
  return `artifacts/${stage}/${step}`;
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function fileSet(files: readonly string[]): ReadonlySet<string> {
  const known = sets.get(files) ?? new Set(files);
  sets.set(files, known);
  return known;
}
