import type { Result } from "../../errors/problem.ts";
import type { Patience, SampleCount } from "../prove/prove.ts";
import type { Ask, Questions, Sample } from "../prove/sample.ts";
import type { LogLine, Provider, Sighting } from "../provider.ts";
import type { Writer } from "../records/journal.ts";
import type { State } from "../records/state.ts";

/** Everything that a deploy touches. Each part can be handed in by a test. */
export interface World {
  readonly provider: Provider;
  /** The record, and the run that writes it. */
  readonly writer: Writer;
  readonly settings: Settings;
  readonly ask: Ask;
  /** Ends early, and without an error, when it is called off. */
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  /** Lays the version's files out; asked only when something is sent. */
  readonly files: (commit: string) => Promise<Result<VersionFiles>>;
  /** Runs the tests that follow a deploy. Absent: the caller runs them between two calls. */
  readonly tests: ((target: TestTarget) => Promise<TestsEnd>) | undefined;
  /** Aborted when a person or a signal ends the run. */
  readonly signal: AbortSignal;
  readonly tell: (news: News) => void;
}

/** How an environment is deployed and proven. */
export interface Settings {
  readonly environment: string;
  /** Where it is served; absent: the provider says so. */
  readonly url: string | undefined;
  readonly waitSeconds: number;
  readonly questions: Omit<Questions, "url">;
  readonly patience: Patience;
  /** How long a run may be silent before another may take its deploy over. */
  readonly leaseSeconds: number;
  /** Whether tests follow a deploy. */
  readonly tests: boolean;
}

export interface VersionFiles {
  readonly root: string;
  readonly files: readonly string[];
}

export interface TestTarget {
  readonly url: string;
  readonly commit: string;
  readonly deployment: string;
}

export type TestsEnd =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly why: string }
  /** They say neither yes nor no. */
  | { readonly kind: "not-run"; readonly why: string };

/** What a person sees while it goes. */
export type News =
  /** `back`: the deployment that is to be brought back, where that is what the run is for. */
  | { readonly type: "state"; readonly state: State; readonly back?: string | undefined }
  | { readonly type: "phase"; readonly sighting: Sighting; readonly seconds: number }
  | { readonly type: "log"; readonly line: LogLine }
  | { readonly type: "sample"; readonly sample: Sample; readonly count: SampleCount }
  | { readonly type: "note"; readonly text: string };
