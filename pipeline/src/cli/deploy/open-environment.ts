import { join } from "node:path";
import type { Environment } from "../../config/config.ts";
import { nearest } from "../../config/nearest.ts";
import type { Settings } from "../../deploy/procedure/world.ts";
import { usualFields } from "../../deploy/prove/identity.ts";
import type { Provider } from "../../deploy/provider.ts";
import { connect } from "../../deploy/railway/client/index.ts";
import { createRailwayProvider } from "../../deploy/railway/provider.ts";
import { wantedService } from "../../deploy/railway/wanted.ts";
import { createFileStore } from "../../deploy/records/file-store.ts";
import { createGithubStore } from "../../deploy/records/github-store.ts";
import type { RecordStore } from "../../deploy/records/store.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { connectFromEnvironment } from "../../github/client/index.ts";
import { makeGantryFolder } from "../../host/gantry-folder.ts";
import { gantryHome } from "../home.ts";
import type { Project } from "../project.ts";

/** An environment with its provider and its record, ready to be asked. */
export interface OpenEnvironment {
  readonly environment: Environment;
  readonly provider: Provider;
  readonly store: RecordStore;
  readonly settings: Settings;
  /** Values that no output may show. */
  readonly secrets: readonly string[];
}

/** Finds an environment in the config, and everything it needs in the machine's environment. */
export async function openEnvironment(
  project: Project,
  name: string,
  env: NodeJS.ProcessEnv,
): Promise<Result<OpenEnvironment>> {
  const environment = project.config.environments.find((one) => one.name === name);
  if (!environment) return unknownEnvironment(name, project);
  const parts =
    environment.provider === "railway"
      ? openRailway(environment, project, env)
      : await openLocal(environment, project, env);
  if (!parts.ok) return parts;
  return ok({ environment, settings: settingsOf(environment, project), ...parts.value });
}

type Parts = Pick<OpenEnvironment, "provider" | "store" | "secrets">;

function openRailway(
  environment: Environment,
  project: Project,
  env: NodeJS.ProcessEnv,
): Result<Parts> {
  const token = env[environment.token]?.trim() ?? "";
  const repository = project.trigger.repository;
  const github = connectFromEnvironment({
    ...env,
    GITHUB_REPOSITORY: env.GITHUB_REPOSITORY ?? repository,
  });
  const missing = token === "" ? [missingToken(environment)] : [];
  if (!github.ok) return fail(...missing, ...github.problems.map(recordsNeed));
  if (missing.length > 0) return fail(...missing);
  const { settings, variables, project: projectId, service } = environment;
  const provider = createRailwayProvider({
    connection: connect({
      ...(env.GANTRY_RAILWAY_URL && { address: env.GANTRY_RAILWAY_URL }),
      token: {
        kind: environment.token === "RAILWAY_API_TOKEN" ? "account" : "project",
        name: environment.token,
        value: () => token,
      },
    }),
    target: {
      environment: environment.environment,
      ...(projectId && { project: projectId }),
      ...(service && { service }),
    },
    wanted: wantedService(settings),
    variables,
  });
  const store = createGithubStore(github.value, environment.name);
  return ok({ provider, store, secrets: [token, github.value.token()] });
}

function missingToken({ name, token }: Environment) {
  return {
    code: "GANTRY-DEPLOY-TOKEN" as const,
    message: `the secret \`${token}\` is not set; \`${name}\` is deployed with it`,
    mend: `set ${token} in this environment; on Railway it is made under Project Settings, Tokens`,
  };
}

function recordsNeed(problem: { readonly message: string }) {
  return {
    code: "GANTRY-GITHUB-TOKEN" as const,
    message: `${problem.message}; the record and the lock of a remote deploy are kept in GitHub Deployments`,
    mend: "set GITHUB_TOKEN (it may write deployments) and GITHUB_REPOSITORY (owner/name)",
  };
}

async function openLocal(
  environment: Environment,
  { source, config }: Project,
  env: NodeJS.ProcessEnv,
): Promise<Result<Parts>> {
  const { createLocalProvider } = await import("../../deploy/local/provider.ts");
  const folder = join(await makeGantryFolder(source.root), "environments", environment.name);
  const provider = await createLocalProvider({
    repository: source.root,
    environment: environment.name,
    config,
    machine: env,
    home: gantryHome(),
  });
  return ok({ provider, store: createFileStore(join(folder, "records.jsonl")), secrets: [] });
}

function settingsOf(environment: Environment, { config }: Project): Settings {
  const { health, identity, waitSeconds, url, tests, name } = environment;
  return {
    environment: name,
    url,
    waitSeconds,
    leaseSeconds: 600,
    questions: {
      health: { path: health.path, method: "GET", status: 200 },
      endpoints: structuredClone(
        config.image?.endpoints ?? [],
      ) as Settings["questions"]["endpoints"],
      identity:
        identity === "provider"
          ? identity
          : {
              deployment: identity.deployment ? [identity.deployment] : usualFields.deployment,
              commit: identity.commit ? [identity.commit] : usualFields.commit,
            },
    },
    patience: {
      attempts: health.attempts,
      intervalSeconds: health.intervalSeconds,
      consecutive: health.consecutive,
    },
    tests: config.components.some((component) => tests.some((kind) => component.tests[kind])),
  };
}

function unknownEnvironment(name: string, { config }: Project): Result<never> {
  const known = config.environments.map((one) => one.name);
  const near = nearest(name, known);
  return fail({
    code: "GANTRY-ENVIRONMENT-UNKNOWN",
    message: `there is no environment \`${name}\`${known.length > 0 ? `; there are ${known.join(", ")}` : ""}`,
    mend: near
      ? `write \`${near}\``
      : "add it under `environments` in gantry.yaml, or name one that is there",
  });
}
