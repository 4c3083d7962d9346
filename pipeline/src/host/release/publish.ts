import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ok, type Result } from "../../errors/problem.ts";
import { githubReleaseHost } from "../../github/release-host.ts";
import type { ReleasePlan } from "../../release/plan.ts";
import type { ReleaseHost } from "../../release/publish/host.ts";
import { publishRelease } from "../../release/publish/publish.ts";
import type { Published } from "../../release/publish/published.ts";
import type { StepReport } from "../../release/publish/run-steps.ts";
import { mayBeUnfinished } from "../../release/publish/unfinished.ts";
import type { ReleaseComponent } from "../../release/settings.ts";
import { assetsOf, type NamedFiles, type ReleaseFiles, readReleaseFiles } from "./assets.ts";
import { publishedBranch } from "./branches.ts";
import { connectTo } from "./connect.ts";
import type { OpenRelease } from "./open.ts";
import { type Planned, planComponent } from "./plan-component.ts";
import { createReleaseFolder } from "./release-folder.ts";
import { teller } from "./teller.ts";
import type { ReleaseWorld } from "./world.ts";

interface Work {
  readonly open: OpenRelease;
  readonly host: ReleaseHost;
  /** Whether the place keeps releases and nothing else: no branch, no pull request. */
  readonly onlyReleases: boolean;
  readonly branch: string;
  readonly files: ReleaseFiles;
  readonly world: ReleaseWorld;
}

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
  return ok([...earlier.value, { plan, steps: await runPlan(plan, work) }]);
}

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
  // A tag without any release may be somebody's own: it is finished, but is no news.
  const steps = await runPlan(plan, work, { silent: releases.value.length === 0 });
  return ok(steps.some(({ outcome }) => outcome !== "there") ? [{ plan, steps }] : []);
}

function runPlan(
  plan: ReleasePlan,
  { open, host, onlyReleases, branch, files, world }: Work,
  { silent = false } = {},
): Promise<StepReport[]> {
  const date = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const tell = silent ? undefined : teller(plan, open, world.env);
  const request = {
    plan,
    host,
    branch,
    assets: assetsOf(plan, files, date),
    day: date.slice(0, 10),
    changelog: !onlyReleases && changelogOf(plan, open),
    sync: !onlyReleases && open.settings.sync,
    latest: plan.channel === undefined && plan.component === undefined,
    ...(tell && { tell }),
  };
  return publishRelease(request, {
    pause: (seconds) => wait(seconds * 1000),
    report: (step) => world.report(plan.tag, step),
  });
}

/** A part with versions of its own keeps a changelog of its own. */
function changelogOf({ component }: ReleasePlan, { settings }: OpenRelease): string | false {
  if (component === undefined || settings.changelog === false) return settings.changelog;
  const [folder = "."] = settings.components.find(({ name }) => name === component)?.paths ?? [];
  return join(folder, settings.changelog);
}
