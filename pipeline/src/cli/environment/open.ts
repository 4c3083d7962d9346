import { join } from "node:path";
import type { Environment } from "../../config/config.ts";
import { findEnvironment } from "../../config/find-environment.ts";
import type { OpenEnvironment, OpenParts } from "../../deploy/opened.ts";
import { openRailway, railwayRecord } from "../../deploy/railway/open.ts";
import { createFileStore } from "../../deploy/records/file-store.ts";
import type { RecordStore } from "../../deploy/records/store.ts";
import { settingsOf } from "../../deploy/settings.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { makeGantryFolder } from "../../host/gantry-folder.ts";
import { gantryHome } from "../home.ts";
import type { Project } from "../project.ts";

export type { OpenEnvironment } from "../../deploy/opened.ts";

/** Finds an environment in the config, and everything it needs in the machine's environment. */
export async function openEnvironment(
  project: Project,
  name: string,
  env: NodeJS.ProcessEnv,
): Promise<Result<OpenEnvironment>> {
  const found = findEnvironment(name, project.config);
  if (!found.ok) return found;
  const environment = found.value;
  const parts =
    environment.provider === "railway"
      ? openRailway(environment, withRepository(env, project))
      : await openLocal(environment, project, env);
  if (!parts.ok) return parts;
  return ok({ environment, settings: settingsOf(environment, project.config), ...parts.value });
}

function withRepository(env: NodeJS.ProcessEnv, { trigger }: Project): NodeJS.ProcessEnv {
  const repository = env.GITHUB_REPOSITORY ?? trigger.repository;
  return { ...env, ...(repository && { GITHUB_REPOSITORY: repository }) };
}

/** The record of an environment, to be read: where only that is wanted, fewer secrets will do. */
export async function openRecord(
  environment: Environment,
  project: Project,
  env: NodeJS.ProcessEnv,
): Promise<Result<RecordStore>> {
  return environment.provider === "railway"
    ? railwayRecord(environment, withRepository(env, project))
    : ok(await localRecord(environment, project.source.root));
}

async function localRecord({ name }: Environment, root: string): Promise<RecordStore> {
  return createFileStore(join(await makeGantryFolder(root), "environments", name, "records.jsonl"));
}

async function openLocal(
  environment: Environment,
  { source, config }: Project,
  env: NodeJS.ProcessEnv,
): Promise<Result<OpenParts>> {
  const { createLocalProvider } = await import("../../deploy/local/provider.ts");
  const provider = await createLocalProvider({
    repository: source.root,
    environment: environment.name,
    config,
    machine: env,
    home: gantryHome(),
  });
  return ok({ provider, store: await localRecord(environment, source.root), secrets: [] });
}
