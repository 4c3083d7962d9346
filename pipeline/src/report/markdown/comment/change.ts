import type { Coverage, StageRun } from "../../../execute/run.ts";

/** The lines that a pull request adds or changes, by file; or why they are not known. */
export type Change = { readonly lines: ReadonlyMap<string, ReadonlySet<number>> } | Unknown;

interface Unknown {
  readonly unknown: string;
  readonly mend: string;
}

export interface FileLines {
  readonly file: string;
  readonly lines: readonly number[];
}

/** Files with lines that were never run, as the stage and its steps tell them. */
export function missingOf(stage: StageRun): FileLines[] {
  const lists = [stage.coverage, ...stage.steps.map(({ coverage }) => coverage)];
  const files = new Map<string, FileLines>();
  for (const { file, lines } of lists.flatMap((one) => one?.missing ?? [])) {
    files.set(file, { file, lines });
  }
  return [...files.values()];
}

/** The lines of the change that were never run, most first. */
export function uncovered(
  stage: StageRun,
  change: ReadonlyMap<string, ReadonlySet<number>>,
): FileLines[] {
  return missingOf(stage)
    .map(({ file, lines }) => ({
      file,
      lines: lines.filter((line) => change.get(file)?.has(line)),
    }))
    .filter(({ lines }) => lines.length > 0)
    .toSorted((a, b) => b.lines.length - a.lines.length || a.file.localeCompare(b.file, "en"));
}

/** Whether a report may have had more files with missing lines than a run keeps. */
export function isCut(stage: StageRun, most: number): boolean {
  const lists: (Coverage | undefined)[] = stage.steps.map(({ coverage }) => coverage);
  return (lists.some(Boolean) ? lists : [stage.coverage]).some(
    (one) => (one?.missing.length ?? 0) >= most,
  );
}
