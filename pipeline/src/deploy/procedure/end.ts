import { describeFailure, type Failure } from "../../network/answer.ts";
import type { Difference } from "../provider.ts";
import type { Served } from "../records/entry.ts";
import type { Standing } from "../records/state.ts";
import type { Rollback, Verdict } from "../verdict.ts";
import type { Advanced } from "./advance.ts";
import { describe } from "./context.ts";
import type { TestTarget, World } from "./world.ts";

/** What a deploy came to. */
export type DeployEnd = Ended | WantsTests;

/** The caller runs the tests, and calls `conclude` or `goOn` with the key. */
export interface WantsTests {
  readonly kind: "wants-tests";
  readonly key: string;
  readonly target: TestTarget;
}

export interface Ended extends Facts {
  readonly kind: "ended";
  readonly verdict: Verdict;
  readonly rollback: Rollback;
  /** What serves now, as far as it is known. */
  readonly serving: Served | undefined;
  /** What happened, in words and in order. */
  readonly why: readonly string[];
  /** Absent: nothing was begun. */
  readonly attempt: Standing | undefined;
}

/** What was found before anything was done. */
export interface Facts {
  readonly url: string | undefined;
  readonly drift: readonly Difference[];
}

export function endOf(advanced: Advanced, facts: Facts): DeployEnd {
  const { standing } = advanced;
  if (advanced.kind === "wants-tests") {
    const { target } = advanced;
    return { kind: "wants-tests", key: standing.attempt.opening.key, target };
  }
  const common = { kind: "ended", attempt: standing, why: advanced.why, ...facts } as const;
  if (advanced.kind === "paused" || standing.state.at !== "ended") {
    const verdict = advanced.kind === "paused" ? advanced.verdict : "unknown";
    return { ...common, verdict, rollback: "not-needed", serving: undefined };
  }
  const { verdict, rollback, serving } = standing.state;
  return { ...common, verdict, rollback, serving: servedAs(serving, standing) };
}

function servedAs(id: string | undefined, { attempt, state }: Standing): Served | undefined {
  const { opening } = attempt;
  if (id === undefined) return undefined;
  const isOld = opening.before?.id === id || (state.at === "ended" && state.rollback === "done");
  if (isOld) return { ...opening.before, id };
  return { id, key: opening.key, commit: opening.commit, ...(opening.tag && { tag: opening.tag }) };
}

/** Nothing was begun. */
export function without(verdict: Verdict, facts: Facts, ...why: readonly string[]): Ended {
  return {
    kind: "ended",
    verdict,
    rollback: "not-needed",
    serving: undefined,
    attempt: undefined,
    why,
    ...facts,
  };
}

/** The provider turned the run down before anything was begun, or could not be asked. */
export function couldNot(world: World, failure: Failure): Ended {
  const facts: Facts = { url: world.settings.url, drift: [] };
  return without(isNo(failure) ? "refused" : "unknown", facts, describe(world, failure));
}

function isNo({ kind }: Failure): boolean {
  return kind === "refused" || kind === "unauthorised";
}

/** Without a record nothing is deployed: nobody could pick it up. */
export function notRecorded({ writer }: World, failure: Failure, facts: Facts): Ended {
  const place = `the record (${writer.store.place})`;
  return without(isNo(failure) ? "refused" : "unknown", facts, describeFailure(place, failure));
}

export function lockedBy({ attempt, leaseUntil }: Standing, facts: Facts): Ended {
  const { owner, kind, key, at } = attempt.opening;
  const until = new Date(leaseUntil).toISOString();
  return without(
    "locked",
    facts,
    `${owner} has held it since ${at} for ${kind} ${key}; its hold ends at ${until} unless it is renewed`,
  );
}
