import type { Host } from "./host.ts";

/** A started application that probes and suites can ask. */
export interface Served {
  readonly base: string;
  readonly startedAt: number;
  /** Why it no longer runs, if it does not. */
  readonly gone: () => Promise<string | undefined>;
  readonly tail: () => Promise<string>;
}

/** What a stage has started under a name. */
export function servedAs(host: Host, stage: string, name: string): Served {
  const served = host.served.get(servedKey(stage, name));
  if (!served) throw new Error(`nothing is served as ${name}`);
  return served;
}

export function servedKey(stage: string, name: string): string {
  return `${stage}/${name}`;
}
