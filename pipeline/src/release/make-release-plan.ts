import { type Change, changesOf } from "./commits/collect.ts";
import { changelogOf } from "./commits/group.ts";
import { pullNumber } from "./commits/read-through.ts";
import { type Cancelled, cancelReverts } from "./commits/reverts.ts";
import type { History } from "./history.ts";
import { notesOf } from "./notes/notes.ts";
import type { NothingToRelease, PlannedCommit, ReleasePlan } from "./plan.ts";
import type { ReleaseComponent, ReleaseSettings } from "./settings.ts";
import { channelOf } from "./version/channel.ts";
import { nextVersion } from "./version/next-version.ts";
import { type Call, callOf, highest } from "./version/rules.ts";
import { formOf, tagName } from "./version/tags.ts";

export interface PlanRequest {
  readonly history: History;
  readonly settings: ReleaseSettings;
  readonly component?: ReleaseComponent;
  /** The repository's address, for links: `https://github.com/owner/name`. */
  readonly repository?: string;
  /** E-mail addresses of authors whose first change this is. */
  readonly newcomers?: readonly string[];
  /** A tag that stands on HEAD already, from a release that was not finished. */
  readonly begun?: { readonly name: string; readonly version: string };
}

interface Weighed {
  readonly change: Change;
  readonly call: Call | undefined;
}

/** commits + tags + settings → what is due, or why nothing is. Looks at nothing else. */
export function makeReleasePlan(request: PlanRequest): ReleasePlan | NothingToRelease {
  const { history } = request;
  const { changes, cancelled } = cancelReverts(changesOf(history.commits));
  const settings = settingsFor(request);
  const weighed = changes
    .map((change): Weighed => ({ change, call: callOf(change, settings) }))
    .toReversed();
  const shared = sharedOf(request, weighed, cancelled);
  const nothing = (reason: string): NothingToRelease => ({ version: null, reason, ...shared });
  const silent = whyNothing(request, weighed, settings);
  if (silent && !request.begun) return nothing(silent);
  const level = highest(callsOf(weighed).map((call) => call.level));
  const next = nextVersion(history, level, settings);
  if (!next && !request.begun) return nothing(`${since(history)} nothing calls for a release`);
  const version = request.begun?.version ?? next?.version ?? settings.first;
  const form = formOf(request.settings, request.component);
  const tag = request.begun?.name ?? tagName(version, form, history.taken);
  const plan = {
    version,
    tag,
    ...shared,
    level: next?.level ?? "patch",
    ...(next?.channel !== undefined && { channel: next.channel }),
    commit: history.head,
    why: whyOf(weighed, level),
    changelog: changelogOf(weighed.map(({ change }) => change)),
    warnings: [...shared.warnings, ...takenBy(tag, history)],
  };
  return {
    ...plan,
    notes: notesOf({ ...request, ...plan, changes: weighed.map((w) => w.change) }),
  };
}

function settingsFor({ settings, component }: PlanRequest): ReleaseSettings {
  return component?.first ? { ...settings, first: component.first } : settings;
}

function sharedOf(
  { history, component, settings }: PlanRequest,
  weighed: readonly Weighed[],
  cancelled: readonly Cancelled[],
): Omit<NothingToRelease, "version" | "reason"> {
  const changes = weighed.map(({ change }) => change);
  return {
    format: 1,
    ...(component && { component: component.name }),
    previous: history.previous?.name ?? null,
    commit: history.head === "" ? null : history.head,
    commits: changes.map(plannedCommit),
    cancelled: cancelled.map(({ change, by }) => ({
      hash: change.hash,
      header: change.header,
      by: by.hash,
    })),
    unconventional: changes.filter(({ type }) => type === null).map(({ header }) => header),
    inferred: settings.inferred.map((each) => ({ ...each })),
    warnings: [...settings.warnings],
  };
}

function plannedCommit(change: Change): PlannedCommit {
  const { hash, type, scope, breaking, subject, header, held } = change;
  const pull = pullNumber(header);
  const author = change.author.name;
  return { hash, type, scope, breaking, subject, header, author, ...(pull && { pull }), held };
}

/** The first version asks for nothing but a commit: what was deployed deserves a name. */
function whyNothing(
  { history }: PlanRequest,
  weighed: readonly Weighed[],
  settings: ReleaseSettings,
): string | undefined {
  const fresh = history.fresh && new Set(history.fresh);
  const channel = channelOf(history.branch, settings);
  const asked =
    channel !== undefined && fresh
      ? weighed.filter(({ change }) => fresh.has(change.hash))
      : weighed;
  if (history.commits.length === 0) {
    return history.previous
      ? `there are no commits since ${history.previous.name}`
      : "there are no commits";
  }
  const last = channel === undefined ? undefined : history.previousOfChannel;
  const first = !history.previous && !last;
  if (first || callsOf(asked).length > 0) return undefined;
  return `${since(last ? { previous: last } : history)} nothing calls for a release${counted(asked)}`;
}

function since({ previous }: Pick<History, "previous">): string {
  return previous ? `since ${previous.name}` : "so far";
}

/** ` (2 docs, 1 chore, 3 that follow no convention)` */
function counted(weighed: readonly Weighed[]): string {
  const counts = new Map<string, number>();
  for (const { change } of weighed) {
    const kind = change.type ?? "that follow no convention";
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const parts = [...counts].map(([kind, count]) => `${count} ${kind}`).sort();
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function callsOf(weighed: readonly Weighed[]): Call[] {
  return weighed.flatMap(({ call }) => call ?? []);
}

function whyOf(weighed: readonly Weighed[], level: Call["level"] | undefined): ReleasePlan["why"] {
  return weighed.flatMap(({ change, call }) =>
    call && call.level === level ? [{ hash: change.hash, header: change.header, ...call }] : [],
  );
}

function takenBy(tag: string, { taken, head }: History): string[] {
  const other = taken.find(({ name }) => name === tag);
  if (!other || other.commit === head) return [];
  return [
    `the tag ${tag} stands on another commit already (${other.commit.slice(0, 7)}), which this branch does not hold: merge it first`,
  ];
}
