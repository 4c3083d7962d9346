import {
  type EntryDraft,
  type Opening,
  sealEntry,
  sealOpening,
  tokenOf,
} from "../../src/deploy/records/entry.ts";
import type { RecordStore } from "../../src/deploy/records/store.ts";
import type { Answer } from "../../src/network/answer.ts";
import { hashOf } from "./history.ts";

/** An attempt as a deploy would have written it: what happened, and how many seconds after its opening. */
export interface WrittenAttempt extends Partial<Omit<Opening, "hash" | "version" | "previous">> {
  readonly at: string;
  readonly events: readonly (readonly [number, EntryDraft])[];
}

/** Writes attempts into a record through the record's own writer, each chained to the one before. */
export async function writeAttempts(
  store: RecordStore,
  attempts: readonly WrittenAttempt[],
): Promise<void> {
  for (const attempt of attempts) await writeAttempt(store, attempt);
}

async function writeAttempt(
  store: RecordStore,
  { events, ...given }: WrittenAttempt,
): Promise<void> {
  const [newest] = okOf(await store.attempts(1));
  const count = newest ? newest.fence + 1 : 1;
  const fence = okOf(
    await store.open(
      sealOpening({
        version: 1,
        kind: "deploy",
        environment: "production",
        provider: "local",
        key: `key-${count}`,
        commit: hashOf(count),
        actor: "ada",
        owner: "run",
        leaseSeconds: 600,
        before: null,
        previous: newest ? (newest.entries.at(-1)?.hash ?? newest.opening.hash) : null,
        ...given,
      }),
    ),
  );
  for (const [seconds, draft] of events) {
    const attempt = okOf(await store.attempt(fence));
    const at = new Date(Date.parse(given.at) + seconds * 1000).toISOString();
    const by = tokenOf(attempt.opening.owner);
    okOf(await store.append(fence, sealEntry(draft, { attempt, by, at })));
  }
}

/** A deploy that was proven, by how many seconds each step took. */
export function provenEvents(id: string, seconds: number): WrittenAttempt["events"] {
  return [
    [1, { event: "sending" }],
    [2, { event: "accepted", id }],
    [seconds * 0.6, { event: "live", id }],
    [seconds * 0.8, { event: "healthy", id }],
    [seconds * 0.95, { event: "proven", id }],
    [seconds, { event: "ended", verdict: "live", rollback: "not-needed", id }],
  ];
}

/** A deploy whose version served, was unhealthy, and gave way to the one before it. */
export function restoredEvents(
  id: string,
  back: string,
  seconds: number,
): WrittenAttempt["events"] {
  return [
    [1, { event: "sending" }],
    [2, { event: "accepted", id }],
    [seconds * 0.4, { event: "live", id }],
    [seconds * 0.6, { event: "failed", verdict: "unhealthy", wasLive: true, id }],
    [seconds * 0.7, { event: "bringing-back", id: back }],
    [seconds * 0.8, { event: "brought-back", id: back }],
    [seconds * 0.9, { event: "restored", id: back }],
    [seconds, { event: "ended", verdict: "unhealthy", rollback: "done", id: back }],
  ];
}

/** A deploy whose build failed: what served before never stopped. */
export function unbuiltEvents(seconds: number): WrittenAttempt["events"] {
  return [
    [1, { event: "sending" }],
    [seconds / 2, { event: "failed", verdict: "build-failed", wasLive: false }],
    [seconds, { event: "ended", verdict: "build-failed", rollback: "not-needed" }],
  ];
}

function okOf<T>(answer: Answer<T>): T {
  if (answer.kind !== "ok") throw new Error(JSON.stringify(answer));
  return answer.value;
}
