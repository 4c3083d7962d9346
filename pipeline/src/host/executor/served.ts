import type { Plan } from "../../plan/plan.ts";
import type { Host } from "./host.ts";
import { waitForPort } from "./service.ts";

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

/** Whether a probe of the stage waits until what is served is well. */
export function isProbed({ stages }: Plan, stage: string, name: string): boolean {
  const steps = stages.find(({ id }) => id === stage)?.steps ?? [];
  return steps.some((step) => step.kind === "probe" && step.target === name);
}

/** Waits until the port of a started application is open, it has ended, or the signal says stop. */
export async function untilOpen({ base, gone }: Served, signal: AbortSignal): Promise<void> {
  const port = Number(new URL(base).port);
  while (!signal.aborted && !(await gone())) {
    if (await waitForPort(port, 0.5, signal)) return;
  }
}
