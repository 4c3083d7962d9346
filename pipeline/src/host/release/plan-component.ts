import { ok, type Result } from "../../errors/problem.ts";
import type { History, VersionTag } from "../../release/history.ts";
import { makeReleasePlan } from "../../release/make-release-plan.ts";
import type { NothingToRelease, ReleasePlan } from "../../release/plan.ts";
import type { ReleaseComponent } from "../../release/settings.ts";
import { channelOf } from "../../release/version/channel.ts";
import { prerelease } from "../../release/version/semver.ts";
import { formOf } from "../../release/version/tags.ts";
import { newcomersSince } from "./newcomers.ts";
import type { OpenRelease } from "./open.ts";
import { type HistoryRequest, readReleaseHistory } from "./release-history.ts";

export interface PlanOptions {
  /** What is released (HEAD). */
  readonly at?: string;
  /** A tag that stands there already, whose release is to be finished. */
  readonly begun?: VersionTag;
  /** Whether a tag on the commit itself is a release to finish, and newcomers are looked for. */
  readonly forPublishing?: boolean;
}

export interface Planned {
  readonly plan: ReleasePlan | NothingToRelease;
  /** The version before what is planned. */
  readonly previous: VersionTag | undefined;
}

/** What each part would become, without looking for what an earlier run has left. */
export async function planAll(
  open: OpenRelease,
): Promise<Result<readonly (ReleasePlan | NothingToRelease)[]>> {
  const plans: (ReleasePlan | NothingToRelease)[] = [];
  for (const component of open.components) {
    const planned = await planComponent(open, component);
    if (!planned.ok) return planned;
    plans.push(planned.value.plan);
  }
  return ok(plans);
}

export async function planComponent(
  open: OpenRelease,
  component: ReleaseComponent | undefined,
  options: PlanOptions = {},
): Promise<Result<Planned>> {
  const request = historyRequest(open, component, options);
  const history = await readReleaseHistory(request);
  if (!history.ok) return history;
  const begun =
    options.begun ??
    (options.forPublishing ? tagOnHead(history.value, request.channel) : undefined);
  if (!begun || options.begun) return planFrom(open, component, history.value, options);
  const before = await readReleaseHistory({ ...request, without: [begun.name] });
  if (!before.ok) return before;
  return planFrom(open, component, before.value, { ...options, begun });
}

async function planFrom(
  { directory, settings, repository }: OpenRelease,
  component: ReleaseComponent | undefined,
  history: History,
  { begun, forPublishing }: PlanOptions,
): Promise<Result<Planned>> {
  const emails = history.commits.map(({ author }) => author.email);
  const newcomers = forPublishing
    ? await newcomersSince(directory, history.previous?.commit, emails)
    : [];
  const plan = makeReleasePlan({
    history,
    settings,
    newcomers,
    ...(component && { component }),
    ...(repository && { repository }),
    ...(begun && { begun }),
  });
  return ok({ plan, previous: history.previous });
}

function historyRequest(
  { directory, facts, branch, settings }: OpenRelease,
  component: ReleaseComponent | undefined,
  { at, begun }: PlanOptions,
): HistoryRequest {
  const channel = channelOf(branch, settings);
  return {
    directory,
    facts,
    ...(at !== undefined && { at }),
    ...(branch !== undefined && { branch }),
    ...(channel !== undefined && { channel }),
    ...(component && { paths: component.paths }),
    ...(begun && { without: [begun.name] }),
    form: formOf(settings, component),
  };
}

/** A pre-release's tag on the commit that is to become the version is no version yet. */
function tagOnHead({ taken, head }: History, channel: string | undefined): VersionTag | undefined {
  return taken.find(
    ({ commit, version }) => commit === head && prerelease(version)?.[0] === channel,
  );
}
