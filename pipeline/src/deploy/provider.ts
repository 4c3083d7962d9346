import type { Answer } from "../network/answer.ts";

/**
 * The port between the procedure and a place where applications run. A provider knows single looks
 * and single acts; what follows what, what is recorded and what is undone belongs to the procedure.
 */
export interface Provider {
  readonly name: ProviderName;
  /** How long to wait between two looks at what is under way. */
  readonly lookSeconds: (phase: Phase) => number;
  /** Whether a deploy could be made: credentials, target, what differs from the config. */
  readonly preflight: () => Promise<Answer<Preflight>>;
  /** Makes the settings what the config says, and nothing else; answers what still differs. */
  readonly applySettings: () => Promise<Answer<readonly Difference[]>>;
  /** What serves now; nothing before the first deploy. */
  readonly serving: () => Promise<Answer<Sighting | undefined>>;
  /** What was sent with this key, or nothing: asked before anything is sent twice. */
  readonly find: (key: string) => Promise<Answer<Sighting | undefined>>;
  /** Sends a version, which starts a deployment. Never repeats it by itself. */
  readonly send: (shipment: Shipment) => Promise<Answer<Sighting>>;
  /** One look at a deployment, with the log lines that came since the last one. */
  readonly look: (id: string) => Promise<Answer<Look>>;
  /** Asks for an end; the deployment may go live all the same. */
  readonly cancel: (id: string) => Promise<Answer<true>>;
  /** Whether an earlier deployment can be brought back. */
  readonly canBringBack: (id: string) => Promise<Answer<boolean>>;
  /** Brings an earlier deployment back; what serves then has an id of its own. */
  readonly bringBack: (id: string, key: string) => Promise<Answer<Sighting>>;
  /** What an earlier `bringBack` with this key has started, as far as the provider can tell. */
  readonly findBroughtBack: (back: BroughtBack) => Promise<Answer<Sighting | undefined>>;
  /** The last lines that a deployment has said. */
  readonly logs: (id: string, stream: LogStream) => Promise<Answer<readonly string[]>>;
}

export type ProviderName = "railway" | "local";
export type LogStream = "build" | "deploy";

export interface Preflight {
  /** What was found to deploy to, in words. */
  readonly target: string;
  /** Where the service is reached, where the provider knows it. */
  readonly url: string | undefined;
  /** What differs from the config and would be changed. */
  readonly drift: readonly Difference[];
  readonly warnings: readonly string[];
}

export interface Difference {
  readonly path: string;
  readonly wanted: unknown;
  readonly found: unknown;
}

/** A deployment as it was seen at one moment. */
export interface Sighting {
  /** The provider's own name of it. */
  readonly id: string;
  readonly phase: Phase;
  /** The provider's word for the phase. */
  readonly said: string;
  readonly createdAt: string;
  readonly url: string | undefined;
}

/** Where a deployment stands. What the provider says and nobody knows stays `unknown`. */
export type Phase =
  | "waiting"
  | "building"
  | "deploying"
  | "live"
  | "asleep"
  | "failed"
  | "crashed"
  | "removed"
  | "skipped"
  | "needs-approval"
  | "unknown";

export interface Look {
  readonly sighting: Sighting;
  readonly lines: readonly LogLine[];
}

export interface LogLine {
  readonly stream: LogStream;
  readonly text: string;
}

/** What is sent: a version of the source, made known to the service by its commit and key. */
export interface Shipment {
  /** Names this deploy and no other; the provider keeps it with the deployment. */
  readonly key: string;
  readonly commit: string;
  /** A folder that holds the version's files and nothing else. */
  readonly root: string;
  readonly files: readonly string[];
  /** What people see beside the deployment. */
  readonly message: string;
}

export interface BroughtBack {
  readonly to: string;
  readonly key: string;
  /** When it was asked for, as an ISO time. */
  readonly since: string;
}

/** Whether waiting longer changes nothing by itself. */
export function isSettled(phase: Phase): boolean {
  return !["waiting", "building", "deploying", "unknown"].includes(phase);
}

/** Whether the new version gets the traffic. */
export function isServing(phase: Phase): boolean {
  return phase === "live" || phase === "asleep";
}
