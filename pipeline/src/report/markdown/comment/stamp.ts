import type { Run } from "../../../execute/run.ts";

/** Which run a comment shows; nothing in it comes from outside. */
export interface Stamp {
  /** GitHub's number of the run and its attempt; absent on a laptop. */
  readonly run?: { readonly id: number; readonly attempt: number };
  readonly startedAt: string;
}

/** The hidden first line by which a comment of ours is known. */
export function stampLine({ run, startedAt }: Stamp): string {
  const number = run ? ` run=${run.id} attempt=${run.attempt}` : "";
  return `<!-- gantry:comment${number} at=${startedAt} -->`;
}

const line =
  /^<!-- gantry:comment(?: run=(\d{1,15}) attempt=(\d{1,6}))? at=(\d{4}-\d\d-\d\dT[\d:.]{8,16}Z) -->(?:\r?\n|$)/;

/** The stamp of a comment, or nothing where it is not ours: only at its very beginning it counts. */
export function readStamp(body: string): Stamp | undefined {
  const [, id, attempt, startedAt] = line.exec(body) ?? [];
  if (startedAt === undefined) return undefined;
  if (id === undefined) return { startedAt };
  return { run: { id: Number(id), attempt: Number(attempt) }, startedAt };
}

/** As a host calls a run on GitHub, and as the workflow calls it where it has an engine. */
const ids = [/^github-(\d{1,15})-(\d{1,6})(?:-|$)/, /^(\d{1,15})(?:-(\d{1,4}))?$/];

export function stampOf({ id, url, startedAt }: Pick<Run, "id" | "url" | "startedAt">): Stamp {
  const [, own, attempt] = ids.map((form) => form.exec(id)).find(Boolean) ?? [];
  const linked = /\/actions\/runs\/(\d{1,15})(?:\/attempts\/(\d{1,6}))?$/.exec(url ?? "");
  const run = own ?? linked?.[1];
  const at = new Date(startedAt).toISOString();
  if (run === undefined) return { startedAt: at };
  return { run: { id: Number(run), attempt: Number(attempt ?? linked?.[2] ?? 1) }, startedAt: at };
}

/** Whether one run came after another; GitHub's numbers grow, and clocks of machines differ. */
export function isNewer(one: Stamp, other: Stamp): boolean {
  if (!one.run || !other.run) return one.startedAt > other.startedAt;
  if (one.run.id !== other.run.id) return one.run.id > other.run.id;
  if (one.run.attempt !== other.run.attempt) return one.run.attempt > other.run.attempt;
  return one.startedAt > other.startedAt;
}
