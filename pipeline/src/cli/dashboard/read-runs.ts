import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { readJson } from "../../host/read-json.ts";
import { type LeftOut, type RunFact, type Window, within } from "../../report/dashboard/facts.ts";
import { runFact } from "../../report/dashboard/glimpse.ts";

export interface ReadRuns {
  readonly runs: readonly RunFact[];
  readonly leftOut: readonly LeftOut[];
}

const mostRuns = 10_000;
const largestBytes = 16 * 1024 * 1024;
const atOnce = 8;

/**
 * The runs of a folder that began in the window, the newest 10,000 by their files' times. What
 * cannot be read is counted by what is wrong with it. Of each run only its facts are kept.
 */
export async function readRuns(folder: string, window: Window): Promise<ReadRuns> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => error);
  if (names instanceof Error) return { runs: [], leftOut: unreadable(names) };
  const files = (await eachOf(names, (name) => lookAt(folder, name))).flat();
  const ofWindow = files.filter(({ changed }) => changed === undefined || changed >= window.from);
  const newest = ofWindow.toSorted((a, b) => (b.changed ?? 0) - (a.changed ?? 0));
  const runs: RunFact[] = [];
  const left = new Map<string, number>();
  const leave = (why: string, count = 1): void => {
    if (count > 0) left.set(why, (left.get(why) ?? 0) + count);
  };
  leave(`older than the newest ${mostRuns} runs`, Math.max(0, newest.length - mostRuns));
  await eachOf(newest.slice(0, mostRuns), async ({ name, why }) => {
    if (why !== undefined) return leave(why);
    const read = runFact(await readJson(join(folder, name, "run.json")), name);
    if (!read.ok) return leave(read.why);
    if (read.fact.at > window.to) return leave("begun in the future: a clock that is wrong");
    if (within(window, read.fact.at)) runs.push(read.fact);
  });
  const leftOut = [...left].map(([why, count]) => ({ why, count }));
  return { runs, leftOut: leftOut.toSorted((a, b) => (a.why < b.why ? -1 : 1)) };
}

/** A folder that is not there yet has no runs; any other one may have some. */
function unreadable({ code }: NodeJS.ErrnoException): readonly LeftOut[] {
  return code === "ENOENT" ? [] : [{ why: `the folder itself: ${code}`, count: 1 }];
}

interface RunFile {
  readonly name: string;
  /** When it was last written, in milliseconds since 1970; absent: that is not known. */
  readonly changed: number | undefined;
  /** Why it is not read. */
  readonly why?: string;
}

/** Folders only: the link `latest` names a run that is there by its own name. */
async function lookAt(folder: string, name: string): Promise<readonly RunFile[]> {
  const own = await lstat(join(folder, name)).catch(() => undefined);
  if (!own?.isDirectory()) return [];
  const file = await stat(join(folder, name, "run.json")).catch(() => undefined);
  if (!file) return [{ name, changed: own.mtimeMs, why: "without an end: under way, or killed" }];
  const why =
    !file.isFile() || file.size > largestBytes ? "no run: larger than one can be, or no file" : "";
  return [{ name, changed: file.mtimeMs, ...(why && { why }) }];
}

/** A few at a time, so that memory stays small however many there are. */
export async function eachOf<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
