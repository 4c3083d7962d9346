import { expression } from "./expression.ts";
import type { Flag } from "./workflow.ts";

/** What the workflows of a repository depend on. */
export interface WorkflowFacts {
  readonly branches: { readonly main: string; readonly develop: string };
  /** Secrets that checks may meet, by name. */
  readonly checkSecrets: readonly string[];
  readonly staging: DeploySecrets;
  readonly production: DeploySecrets;
  /** Secrets of a release beside GitHub's own token: webhooks. */
  readonly releaseSecrets: readonly string[];
  readonly updates: UpdateFacts;
  /** Whether the stage `security` is asked for. */
  readonly security: boolean;
  /** Whether there are end-to-end tests. */
  readonly e2e: boolean;
  /** Gantry's address, where the repository's own dagger.json is another module. */
  readonly module?: string;
}

export interface UpdateFacts {
  /** When they are looked for, in cron's words and UTC. */
  readonly schedule: string;
  /** The secret with an app's token, which starts checks on the request. */
  readonly token: string;
}

/** Secrets that one environment's deploy and its tests meet, by name. */
export type DeploySecrets = readonly string[];

/** Where the source is, and whose functions are called; the same for every call. */
export function sourceFlags({ module }: WorkflowFacts): Flag[] {
  return [
    ...(module ? [{ name: "mod", word: module }] : []),
    { name: "source", word: "." },
    { name: "repo", word: "." },
  ];
}

/** Which run this is, so that a second try is told from the first. */
export const runFlags: readonly Flag[] = [
  { name: "run-id", variable: "RUN_ID" },
  { name: "attempt", variable: "ATTEMPT" },
];

export const runVariables = {
  RUN_ID: expression("github.run_id"),
  ATTEMPT: expression("github.run_attempt"),
} as const;

/** Where this run is seen. */
export const runUrl = `${expression("github.server_url")}/${expression("github.repository")}/actions/runs/${expression("github.run_id")}`;

/** What GitHub says happened. */
export const eventFlags: readonly Flag[] = [
  { name: "event", variable: "GITHUB_EVENT_PATH" },
  { name: "event-name", variable: "EVENT_NAME" },
  { name: "ref", variable: "GITHUB_REF_NAME" },
];

export const secretsFlag: Flag = { name: "secrets", variable: "SECRETS" };

/** Names as the module takes them: `env:A,env:B`. */
export function secretsList(names: readonly string[]): string {
  return names.map((name) => `env:${name}`).join(",");
}

/** Each secret as a variable of its own name. */
export function secretVariables(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, secretValue(name)]));
}

function secretValue(name: string): string {
  return name === "GITHUB_TOKEN" ? expression("github.token") : expression(`secrets.${name}`);
}
