import type { App } from "../apps/app.ts";
import type { Behaviour } from "../apps/behaviour.ts";
import type { DeploymentFault } from "../faults/fault.ts";

/** What the stand-in knows: plain state, changed only by the functions beside this file. */

export type DeploymentStatus =
  | "BUILDING"
  | "CRASHED"
  | "DEPLOYING"
  | "FAILED"
  | "INITIALIZING"
  | "NEEDS_APPROVAL"
  | "QUEUED"
  | "REMOVED"
  | "REMOVING"
  | "SKIPPED"
  | "SLEEPING"
  | "SUCCESS"
  | "WAITING";

export type Variables = Readonly<Record<string, string>>;

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly environments: Named[];
  readonly services: Named[];
}

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
}

/** One service in one environment: its settings, its variables and its public address. */
export interface Instance {
  readonly id: string;
  readonly projectId: string;
  readonly environmentId: string;
  readonly serviceId: string;
  readonly createdAt: number;
  settings: Settings;
  variables: Variables;
  /** Host and port under which it is reached, whichever deployment serves. */
  domain: string;
  /** The deployment that serves, or crashed while serving. */
  serving: Deployment | undefined;
  readonly volumes: Volume[];
}

export interface Settings {
  readonly builder: "HEROKU" | "NIXPACKS" | "PAKETO" | "RAILPACK";
  readonly buildCommand: string | null;
  readonly cronSchedule: string | null;
  readonly dockerfilePath: string | null;
  readonly drainingSeconds: number | null;
  readonly healthcheckPath: string | null;
  readonly healthcheckTimeout: number | null;
  readonly ipv6EgressEnabled: boolean | null;
  readonly nixpacksPlan: unknown;
  readonly numReplicas: number | null;
  readonly overlapSeconds: number | null;
  readonly preDeployCommand: readonly string[] | null;
  readonly railwayConfigFile: string | null;
  readonly region: string | null;
  readonly restartPolicyMaxRetries: number;
  readonly restartPolicyType: "ALWAYS" | "NEVER" | "ON_FAILURE";
  readonly rootDirectory: string | null;
  readonly sleepApplication: boolean | null;
  readonly source: { readonly image: string | null; readonly repo: string | null } | null;
  readonly startCommand: string | null;
  readonly watchPatterns: readonly string[];
}

export interface Volume {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly mountPath: string;
  readonly createdAt: number;
}

export interface Deployment {
  readonly id: string;
  readonly instance: Instance;
  readonly createdAt: number;
  readonly snapshotId: string;
  readonly reason: "deploy" | "redeploy" | "rollback";
  readonly meta: Readonly<Record<string, unknown>>;
  /** As they were when it was deployed; a rollback brings them back. */
  readonly variables: Variables;
  readonly settings: Settings;
  readonly source: Source;
  readonly behaviour: Behaviour;
  readonly fault: DeploymentFault | undefined;
  status: DeploymentStatus;
  statusUpdatedAt: number;
  wentLive: boolean;
  imageGone: boolean;
  stopped: boolean;
  restarts: number;
  app: App | undefined;
  /** Calls off what it would do next. */
  next: () => void;
  readonly buildLogs: LogLine[];
  readonly deployLogs: LogLine[];
  readonly events: DeploymentEvent[];
}

/** What was uploaded: where it was unpacked, and what it was. */
export interface Source {
  readonly folder: string | undefined;
  readonly sha256: string;
  readonly bytes: number;
}

export interface LogLine {
  readonly timestamp: string;
  readonly message: string;
  readonly severity: "info" | "error";
}

export interface DeploymentEvent {
  readonly id: string;
  readonly step: "BUILD_IMAGE" | "SNAPSHOT_CODE" | "CREATE_CONTAINER" | "HEALTHCHECK";
  readonly createdAt: number;
  completedAt: number | null;
  error: string | null;
}
