import { type UpdateSettings, updateSettings } from "../../dependencies/settings.ts";
import { updateStages, updateTrigger } from "../../dependencies/trigger.ts";
import { ok, type Result } from "../../errors/problem.ts";
import type { Trigger } from "../../plan/plan.ts";
import type { Site } from "../executor/site.ts";
import type { ModuleRequest } from "../request.ts";
import { runKey } from "../run/key.ts";
import { siteOf } from "../run/run.ts";
import { type GivenSecrets, readSecrets } from "../secrets.ts";
import { type ReadProject, readProject } from "../source/project.ts";
import { type Base, findBase } from "./base.ts";
import type { UpdatesRequest } from "./request.ts";

/** Everything that is known before anything is updated. */
export interface OpenUpdates {
  /** The source that is updated, and its history. */
  readonly request: ModuleRequest;
  readonly settings: UpdateSettings;
  readonly project: ReadProject;
  readonly trigger: Trigger;
  readonly base: Omit<Base, "ref">;
  /** Of this call alone: what registries answer is never taken from the engine's cache. */
  readonly key: string;
  /** Those that suites may name; never the ones that write to GitHub. */
  readonly secrets: GivenSecrets;
  readonly site: Site;
}

/** The source as it stands: what is found is for whoever called. */
export async function openHere(request: UpdatesRequest): Promise<Result<OpenUpdates>> {
  const project = await readProject({ ...request, eventName: "manual" });
  if (!project.ok) return project;
  const { branch } = project.value.trigger;
  return openAt(request, project.value, { branch, commit: undefined });
}

/** The branch that updates go to, as it stands at the remote. */
export async function openBase(
  request: UpdatesRequest,
): Promise<Result<OpenUpdates & { readonly base: Base }>> {
  const project = await readProject({ ...request, eventName: "manual" });
  if (!project.ok) return project;
  const base = await findBase(request, project.value);
  if (!base.ok) return base;
  const { ref, ...found } = base.value;
  const tree = ref.tree({ depth: 0, includeTags: true });
  const source = ref.tree({ discardGitDir: true });
  const opened = await openAt(
    { ...request, source, repository: tree.asGit() },
    project.value,
    found,
  );
  return opened.ok ? ok({ ...opened.value, base: base.value }) : opened;
}

async function openAt(
  request: UpdatesRequest,
  { config, trigger: here }: ReadProject,
  base: OpenUpdates["base"],
): Promise<Result<OpenUpdates>> {
  const settings = updateSettings(config.written.dependencies);
  const trigger = updateTrigger(settings, {
    base: base.branch,
    baseCommit: base.commit,
    commit: here.commit,
    repository: here.repository,
  });
  const asked = { ...request, only: updateStages };
  const project = await readProject(asked, trigger);
  if (!project.ok) return project;
  const key = `${runKey(request).key}/${crypto.randomUUID()}`;
  const secrets = withoutTokens(await readSecrets(request.secrets ?? []), settings);
  const site = siteOf(asked, project.value, key, secrets.byName);
  return ok({
    request: asked,
    settings,
    project: project.value,
    trigger,
    base,
    key,
    secrets,
    site,
  });
}

/** The updates' own code runs in the tests: it meets nothing that could write to the repository. */
function withoutTokens({ byName, values }: GivenSecrets, { token }: UpdateSettings): GivenSecrets {
  const tokens = new Set(["GITHUB_TOKEN", "GH_TOKEN", token]);
  const kept = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...map].filter(([name]) => !tokens.has(name)));
  return { byName: kept(byName), values: kept(values) };
}
