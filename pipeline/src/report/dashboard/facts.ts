import type { Outcome, Verdict } from "../../execute/run.ts";
import type { EventKind, StageId } from "../../plan/plan.ts";
import type { Targets } from "./targets.ts";

// What the dashboard is calculated from. Times of day are milliseconds since 1970.

/** What is kept of a run: little, since there may be ten thousand. */
export interface RunFact {
  readonly id: string;
  readonly at: number;
  readonly seconds: number;
  readonly verdict: Verdict;
  readonly event: EventKind;
  readonly branch: string;
  readonly commit: string;
  /** Whether it checked anything: a deploy by its own word does not. */
  readonly checked: boolean;
  /** Whether it ran all that its event calls for, not only stages that were asked for by name. */
  readonly whole: boolean;
  /** How much of its time was a deploy. */
  readonly deploySeconds: number;
  readonly stages: readonly StageFact[];
  /** Percent, all stages together. */
  readonly coverage?: number;
  /** Tests that failed and passed when run again. */
  readonly flaky: readonly string[];
  /** Its `report.html`, as a link from the page. */
  readonly report?: string;
}

export interface StageFact {
  readonly id: StageId;
  readonly outcome: Outcome;
  /** Seconds since the run began. */
  readonly startedAt?: number;
  readonly seconds: number;
  readonly tests?: { readonly passed: number; readonly failed: number };
  /** Whether all of it was an earlier result with the same inputs. */
  readonly reused: boolean;
}

/** An attempt to change what serves, as the environment's record has it. */
export interface DeployFact {
  /** Its number in the record; only grows. */
  readonly fence: number;
  readonly key: string;
  readonly kind: "deploy" | "rollback" | "promote";
  readonly commit: string;
  readonly tag?: string;
  /** When it was meant: the record's first word of it. */
  readonly at: number;
  /** When its version took over, was proven, or gave way again to the one before it. */
  readonly liveAt?: number;
  readonly provenAt?: number;
  readonly restoredAt?: number;
  readonly endedAt?: number;
  readonly verdict?: string;
  readonly end: DeployEnd;
  /** Whether its version ever served. */
  readonly served: boolean;
  /** The provider's id of its version. */
  readonly id?: string;
  /** What served before it. */
  readonly before?: { readonly id: string; readonly key?: string };
  /** When the commits were made that it brought first; absent where git does not know. */
  readonly changes?: readonly number[];
}

/**
 * `nothing`: it never began, since another was deploying. `unknown`: it ended without an answer.
 * `under-way`: the record has no end of it.
 */
export type DeployEnd = "proven" | "failed" | "cancelled" | "unknown" | "under-way" | "nothing";

/** What was left out of a source, and why; never in silence. */
export interface LeftOut {
  readonly why: string;
  readonly count: number;
}

/** An environment's record, or why there is none to read. */
export interface EnvironmentFacts {
  readonly name: string;
  readonly provider: string;
  readonly place: string;
  /** Oldest first. */
  readonly deploys: readonly DeployFact[];
  readonly unavailable?: string;
  /** Whether older attempts than these were not read. */
  readonly cut: boolean;
  readonly breaks: number;
}

export interface Facts {
  readonly name: string;
  readonly scope: Scope;
  readonly runs: readonly RunFact[];
  readonly runsPlace: string;
  readonly runsLeftOut: readonly LeftOut[];
  readonly environments: readonly EnvironmentFacts[];
  /** The environment whose deployments are measured. */
  readonly measured: string | undefined;
}

/** The time that is looked at. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** That, and what is wanted of it. */
export interface Scope extends Window {
  readonly targets: Targets;
}

export function within({ from, to }: Window, at: number): boolean {
  return at >= from && at <= to;
}
