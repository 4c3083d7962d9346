import type { WantedIdentity } from "./identity.ts";
import { type Ask, type Questions, type Sample, sampleOnce } from "./sample.ts";

/** How often a service is asked, and how many successes in a row prove it. */
export interface Patience {
  readonly attempts: number;
  readonly intervalSeconds: number;
  readonly consecutive: number;
}

export interface ProofRequest {
  readonly ask: Ask;
  readonly questions: Questions;
  /** Absent: any version will do, as for an address without an environment. */
  readonly wanted: WantedIdentity | undefined;
  readonly patience: Patience;
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onSample?: (sample: Sample, count: SampleCount) => void;
  /** Asked after each sample: why waiting is useless, or a lease to keep. */
  readonly between?: (sample: Sample) => Promise<string | undefined>;
  /**
   * Asks for health this often within an interval too: what ends and is started again at once
   * would look well at every attempt. Absent: only the attempts ask.
   */
  readonly pulseSeconds?: number;
}

export interface SampleCount {
  readonly attempt: number;
  readonly inARow: number;
  readonly wanted: number;
}

type Objection = Exclude<Sample, { readonly kind: "as-expected" }>;

export type Proof =
  | { readonly kind: "proven"; readonly samples: number }
  /** `unreachable`: not once was there anybody to ask, so it may be well, or not. */
  | Objection
  /** It ended by itself, or somebody ended it. */
  | { readonly kind: "gone"; readonly why: string }
  | { readonly kind: "stopped" };

/**
 * Asks until the wanted version has answered as expected often enough in a row. One failure starts
 * the count anew; a version that flaps runs out of attempts.
 */
export async function prove(request: ProofRequest): Promise<Proof> {
  const { patience, signal } = request;
  let inARow = 0;
  let last: Objection = { kind: "unreachable", why: "it was never asked" };
  const count = async (sample: Sample, attempt: number): Promise<string | undefined> => {
    inARow = sample.kind === "as-expected" ? inARow + 1 : 0;
    if (sample.kind !== "as-expected") last = weightier(last, sample);
    request.onSample?.(sample, { attempt, inARow, wanted: patience.consecutive });
    return request.between?.(sample);
  };
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const sample = await sampleOnce(request.ask, request.questions, request.wanted);
    const gone = await count(sample, attempt);
    if (gone !== undefined) return { kind: "gone", why: gone };
    if (inARow >= patience.consecutive) return { kind: "proven", samples: attempt };
    // A row that has begun may be finished, but no new one starts after the last attempt.
    if (attempt - inARow >= patience.attempts || (inARow === 0 && attempt >= patience.attempts)) {
      return last;
    }
    const broken = await rest(request, inARow > 0);
    const ended = broken && (await count(broken, attempt));
    if (ended !== undefined) return { kind: "gone", why: ended };
  }
  return { kind: "stopped" };
}

/** What was answered says more of a version than a question that nobody could be asked. */
function weightier(before: Objection, now: Objection): Objection {
  return now.kind === "unreachable" && before.kind !== "unreachable" ? before : now;
}

/** Waits for the next attempt; a bad answer on the way breaks the row, and is handed back. */
async function rest(request: ProofRequest, inARow: boolean): Promise<Sample | undefined> {
  const { ask, questions, wanted, patience, pulseSeconds, sleep, signal } = request;
  let left = patience.intervalSeconds;
  let broken: Sample | undefined;
  while (inARow && !broken && pulseSeconds !== undefined && left > pulseSeconds) {
    await sleep(pulseSeconds, signal);
    left -= pulseSeconds;
    if (signal.aborted) return undefined;
    // Health alone: an endpoint may start something each time that it is asked.
    const sample = await sampleOnce(ask, { ...questions, endpoints: [] }, wanted);
    if (sample.kind !== "as-expected") broken = sample;
  }
  await sleep(left, signal);
  return broken;
}
