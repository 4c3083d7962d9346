import { ok, type Result } from "../../errors/problem.ts";
import { githubReleaseHost } from "../../github/release-host.ts";
import type { ReleaseHost } from "../../release/publish/host.ts";
import type { Published } from "../../release/publish/published.ts";
import { mayBeUnfinished } from "../../release/publish/unfinished.ts";
import type { ReleaseComponent } from "../../release/settings.ts";
import { type NamedFiles, type ReleaseFiles, readReleaseFiles } from "./assets.ts";
import { publishedBranch } from "./branches.ts";
import { connectTo } from "./connect.ts";
import type { OpenRelease } from "./open.ts";
import { type Planned, planComponent } from "./plan-component.ts";
import { createReleaseFolder } from "./release-folder.ts";
import { runPlan, type Work } from "./run-plan.ts";
import type { ReleaseWorld } from "./world.ts";

export interface PublishRequest {
  readonly world: ReleaseWorld;
  readonly files: NamedFiles;
  /** Keeps the releases on this machine, in place of GitHub. */
  readonly folder?: string | undefined;
}

/** Publishes what is due, and first finishes what an earlier run may have left half done. */
export async function publishAll(
  open: OpenRelease,
  request: PublishRequest,
): Promise<Result<readonly Published[]>> {
  const prepared = await prepare(open, request);
  if (!prepared.ok) return prepared;
  const published: Published[] = [];
  for (const component of open.components) {
    const result = await publishComponent(component, prepared.value);
    if (!result.ok) return result;
    published.push(...result.value);
  }
  return ok(published);
}

async function prepare(
  open: OpenRelease,
  { world, files: named, folder }: PublishRequest,
): Promise<Result<Work>> {
  const branch = publishedBranch(open);
  if (!branch.ok) return branch;
  const host = folder
    ? ok(createReleaseFolder(open.directory, folder))
    : releasesOnGithub(open, world);
  if (!host.ok) return host;
  const files = await readReleaseFiles(named, world.env);
  if (!files.ok) return files;
  return ok({
    open,
    host: host.value,
    onlyReleases: folder !== undefined,
    branch: branch.value,
    files: files.value,
    world,
  });
}

function releasesOnGithub(open: OpenRelease, { env }: ReleaseWorld): Result<ReleaseHost> {
  const connection = connectTo(open, env);
  return connection.ok ? ok(githubReleaseHost(connection.value)) : connection;
}

async function publishComponent(
  component: ReleaseComponent | undefined,
  work: Work,
): Promise<Result<Published[]>> {
  const planned = await planComponent(work.open, component, { forPublishing: true });
  if (!planned.ok) return planned;
  const earlier = await finishEarlier(component, planned.value, work);
  if (!earlier.ok) return earlier;
  const { plan } = planned.value;
  if (plan.version === null) return ok([...earlier.value, { plan, steps: [] }]);
  // A version that stands on a half-done one waits for it.
  if (earlier.value.some(({ steps }) => steps.some(({ problem }) => problem))) return earlier;
  const steps = await runPlan(plan, work);
  return steps.ok ? ok([...earlier.value, { plan, steps: steps.value }]) : steps;
}

const noFiles: ReleaseFiles = { files: [], deployment: undefined };

/** The version before: a run may have ended after its tag, and commits have come since. */
async function finishEarlier(
  component: ReleaseComponent | undefined,
  { previous }: Planned,
  work: Work,
): Promise<Result<Published[]>> {
  if (!previous) return ok([]);
  const releases = await work.host.listReleases(previous.name);
  if (releases.kind !== "ok" || !mayBeUnfinished(releases.value)) return ok([]);
  const options = { at: previous.commit, begun: previous, forPublishing: true };
  const planned = await planComponent(work.open, component, options);
  if (!planned.ok) return planned;
  const { plan } = planned.value;
  if (plan.version === null) return ok([]);
  // What this run was given tells of the commit that it is for, and of no earlier one.
  const files = previous.commit === work.open.facts.head ? work.files : noFiles;
  // A tag without any release may be somebody's own: it is finished, but is no news.
  const steps = await runPlan(
    plan,
    { ...work, files },
    {
      silent: releases.value.length === 0,
      releases,
    },
  );
  if (!steps.ok) return steps;
  return ok(
    steps.value.some(({ outcome }) => outcome !== "there") ? [{ plan, steps: steps.value }] : [],
  );
}
