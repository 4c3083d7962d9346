import type { z } from "zod";
import type { RailwaySettings } from "./written/railway.ts";
import type { SuiteKind, writtenConfig } from "./written.ts";

/** The normal form: every default filled in, every command split, nothing left to interpret. */
export interface Config {
  readonly name: string;
  /** Whether a person asked for this, or the repository alone showed it. */
  readonly origin: "file" | "inferred";
  readonly components: readonly Component[];
  readonly services: readonly Service[];
  readonly image?: Image;
  readonly environments: readonly Environment[];
  readonly coverage?: { readonly minimum: number };
  readonly codecov?: { readonly url?: string; readonly token: string; readonly required: boolean };
  readonly notify: Notify;
  readonly secrets: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly certificates?: string;
  readonly images: Readonly<Partial<Record<"python" | "node" | "git", string>>>;
  /** What was inferred, and from what; for people to check. */
  readonly inferred: readonly Inference[];
  /** What could not be inferred and would be worth a line in gantry.yaml. */
  readonly warnings: readonly string[];
  /** The keys that later stages read in their written form. */
  readonly written: z.output<typeof writtenConfig>;
}

/** Who is told of a deploy. Webhooks, tokens and keys are secrets, and stand here by name. */
export interface Notify {
  readonly slack?: string;
  readonly discord?: string;
  /** Environments whose failed deploys open an incident. */
  readonly incidents: readonly string[];
  readonly sentry?: {
    readonly organisation: string;
    readonly projects: readonly string[];
    readonly token: string;
    readonly url: string;
  };
  readonly datadog?: { readonly key: string; readonly url: string };
}

export interface Inference {
  readonly what: string;
  readonly from: string;
}

/** A command as its words; a script is `["sh", "-euc", script]`. */
export type Command = readonly [string, ...string[]];

export type ToolchainKind = "uv" | "pip" | "npm" | "pnpm" | "yarn";

export interface Component {
  readonly name: string;
  readonly path: string;
  readonly toolchain: ToolchainKind;
  /** The wanted language version: Python's `3.12`, Node's `24`; absent: what the machine has. */
  readonly python?: string;
  readonly node?: string;
  readonly install?: readonly Command[];
  readonly build?: readonly Command[];
  /** Whether its checks and tests need it built. */
  readonly buildFirst: boolean;
  readonly start?: Command;
  readonly quality: readonly QualityCheck[];
  readonly tests: Readonly<Partial<Record<SuiteKind, Suite>>>;
  readonly env: Readonly<Record<string, string>>;
  readonly envFile?: string;
  readonly history: boolean;
  /** The only files and folders that its checks and tests see; absent: the whole source. */
  readonly inputs?: readonly string[];
}

export interface QualityCheck {
  readonly name: string;
  readonly commands: readonly Command[];
}

export interface Suite {
  readonly run: readonly Command[];
  readonly beforeDeploy?: readonly Command[];
  readonly coverage?: CoverageGate;
  readonly blocking: boolean;
  readonly secrets: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly flaky: "warn" | "fail";
  readonly history: boolean;
}

export interface CoverageGate {
  readonly source?: string;
  /** Percent; absent: shown, not gated. */
  readonly minimum?: number;
}

export interface Service {
  readonly name: string;
  readonly image: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly provides: Readonly<Record<string, string>>;
  readonly for: readonly SuiteKind[];
  readonly readySeconds: number;
}

export interface Image {
  readonly dockerfile: string;
  readonly context: string;
  readonly target?: string;
  readonly args: Readonly<Record<string, string>>;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly health?: string;
  readonly endpoints: readonly Expectation[];
  readonly startupSeconds: number;
  /** A Dockerfile that nobody declared is built and shown, but blocks nothing. */
  readonly blocking: boolean;
}

export interface Expectation {
  readonly path: string;
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly status: number;
  readonly contentType?: string;
  readonly text?: string;
  readonly json?: Readonly<Record<string, unknown>>;
}

export interface Environment {
  readonly name: string;
  readonly branch?: string;
  readonly provider: "railway" | "local";
  /** The provider's project, service and environment, each by name or id. */
  readonly project?: string;
  readonly service?: string;
  readonly environment: string;
  /** The secret with the provider's token, by name. */
  readonly token: string;
  readonly url?: string;
  readonly waitSeconds: number;
  readonly health: DeployedHealth;
  readonly identity: "provider" | { readonly commit?: string; readonly deployment?: string };
  readonly settings: RailwaySettings;
  readonly variables: Readonly<Record<string, string>>;
  readonly tests: readonly ("deployed" | "extended")[];
}

export interface DeployedHealth {
  readonly path: string;
  readonly attempts: number;
  readonly intervalSeconds: number;
  readonly consecutive: number;
}
