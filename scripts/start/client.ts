import { setTimeout as sleep } from "node:timers/promises";

/** What a client saw that asked all the time. */
export interface ClientReport {
  readonly asked: number;
  readonly failed: number;
  /** Answers of a version that had not passed its health check. */
  readonly unwell: number;
  /** Commits that answered, in the order in which they were first seen. */
  readonly commits: readonly string[];
  readonly firstFailure: string | undefined;
}

const everyMilliseconds = 20;
const patienceMilliseconds = 5000;

/** Asks a service for its health every 20 ms, as its users would, until it is told to stop. */
export function startClient(url: string): { readonly stop: () => Promise<ClientReport> } {
  const report = { asked: 0, failed: 0, unwell: 0, commits: [] as string[] };
  let firstFailure: string | undefined;
  const stop = new AbortController();
  const open = new Set<Promise<void>>();
  const askOnce = async (): Promise<void> => {
    report.asked += 1;
    try {
      const signal = AbortSignal.timeout(patienceMilliseconds);
      const answer = await fetch(`${url}/api/health`, { signal });
      const { status, commit } = (await answer.json()) as { status?: string; commit?: string };
      if (!answer.ok || status !== "ok") report.unwell += 1;
      if (commit && !report.commits.includes(commit)) report.commits.push(commit);
    } catch (error) {
      report.failed += 1;
      firstFailure ??=
        error instanceof Error ? String(error.cause ?? error.message) : String(error);
    }
  };
  const asking = (async () => {
    while (!stop.signal.aborted) {
      const one = askOnce().finally(() => open.delete(one));
      open.add(one);
      await sleep(everyMilliseconds);
    }
  })();
  return {
    async stop() {
      stop.abort();
      await asking;
      await Promise.all(open);
      return { ...report, firstFailure };
    },
  };
}
