import type { Config, Environment } from "../config/config.ts";
import type { SuiteKind } from "../config/written.ts";
import { secretNeeds } from "../secrets/needs.ts";
import type { AdoptionFacts } from "./facts.ts";
import { usualSchedule } from "./workflows/dependency-updates.ts";

/** What git and Gantry's own place say beside the config. */
export interface Surroundings
  extends Pick<
    AdoptionFacts,
    "authors" | "gantry" | "stageProgram" | "repository" | "config" | "prettier"
  > {
  /** The branch that GitHub shows first. */
  readonly mainBranch: string;
}

/** config + surroundings → what the files are made of. */
export function adoptionFacts(config: Config, around: Surroundings): AdoptionFacts {
  const { mainBranch, ...same } = around;
  const [staging, production] = ["staging", "production"].map((name) =>
    config.environments.find((environment) => environment.name === name),
  );
  return {
    ...same,
    name: config.name,
    branches: {
      main: production?.branch ?? mainBranch,
      develop: staging?.branch ?? "develop",
    },
    environments: config.environments.map(({ name, branch, url }) => ({
      name,
      ...(branch && { branch }),
      ...(url && { url }),
    })),
    secrets: secretNeeds(config)
      .filter(({ name }) => name !== "GITHUB_TOKEN")
      .map(({ name, optional }) => ({ name, optional })),
    checkSecrets: checkSecretsOf(config),
    staging: deploySecretsOf(config, staging),
    production: deploySecretsOf(config, production),
    releaseSecrets: webhooksOf(config),
    updates: {
      schedule: config.written.dependencies?.schedule ?? usualSchedule,
      token: config.written.dependencies?.token ?? "GANTRY_APP_TOKEN",
    },
    security: Boolean(config.written.security) && config.written.security?.audit !== false,
    e2e: config.components.some(({ tests }) => tests.e2e),
    ...(around.gantry.kind === "beside" && { module: around.gantry.address.source }),
  };
}

/** What the checks' steps may name: their suites' secrets, and what an env file takes if it is there. */
function checkSecretsOf(config: Config): string[] {
  const named = suiteSecrets(config, ["unit", "integration", "smoke", "e2e"]);
  const optional = Object.entries(config.secrets)
    .filter(([name, { optional }]) => optional && !pipelineSecrets(config).includes(name))
    .map(([name]) => name);
  return unique([config.codecov?.token ?? "CODECOV_TOKEN", ...named, ...optional]);
}

function deploySecretsOf(config: Config, environment: Environment | undefined): string[] {
  const { sentry, datadog } = config.notify;
  return unique([
    environment?.token ?? "RAILWAY_TOKEN",
    ...suiteSecrets(config, ["deployed", "extended"]),
    ...webhooksOf(config),
    ...[sentry?.token, datadog?.key].filter((name) => name !== undefined),
  ]);
}

function pipelineSecrets(config: Config): string[] {
  return unique([
    ...config.environments.map(({ token }) => token),
    ...deploySecretsOf(config, undefined),
  ]);
}

function webhooksOf({ notify }: Config): string[] {
  return [notify.slack, notify.discord].filter((name) => name !== undefined);
}

function suiteSecrets({ components }: Config, kinds: readonly SuiteKind[]): string[] {
  return components.flatMap(({ tests }) => kinds.flatMap((kind) => tests[kind]?.secrets ?? []));
}

/** GitHub gives its own token to every job, under a name that no secret can have. */
function unique(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== "GITHUB_TOKEN");
}
