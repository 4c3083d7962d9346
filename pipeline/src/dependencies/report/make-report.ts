import type { NotHandled } from "../locks/lock-sites.ts";
import { keyOf } from "../search/keys.ts";
import type { LockOutcome, Outcome } from "../search/update.ts";
import { expired, groupOf, ignoredFor, type UpdateSettings } from "../settings.ts";
import type { FactsOf } from "../versions/asked.ts";
import type { Change } from "../versions/changes.ts";
import { compareVersions } from "../versions/kind.ts";
import type { Beyond, LeftOutUpdate, Update, UpdateReport } from "./report.ts";

export interface ReportRequest {
  readonly outcome: Outcome;
  readonly settings: UpdateSettings;
  readonly base: string;
  readonly commit: string | undefined;
  readonly stages: readonly string[];
  readonly notHandled: readonly NotHandled[];
  readonly today: string;
  readonly facts: FactsOf;
}

/** What was found, for people and programs. */
export function makeReport(request: ReportRequest): UpdateReport {
  const { outcome, settings, today, base, commit, stages } = request;
  const { locks, found, checks, notChecked } = outcome;
  const stopped = found.stopped !== undefined;
  const updates = stopped ? [] : locks.flatMap((lock) => updatesOf(lock, lock.made, request));
  const leftOut = locks.flatMap((lock) => leftOutOf(lock, request));
  return {
    verdict: verdictOf(request, updates, leftOut),
    base,
    commit,
    updates,
    leftOut,
    beyond: locks.flatMap((lock) => beyondOf(lock, request)),
    notChecked,
    notHandled: [...request.notHandled, ...outcome.notHandled],
    runs: checks,
    stages,
    ...(found.stopped && { reason: found.stopped.reason }),
    files: stopped
      ? []
      : locks.flatMap(({ site, text, manifests = [] }) =>
          text === undefined ? [] : [{ path: site.lock, content: text }, ...manifests],
        ),
    warnings: expired(settings, today).map(
      (one) => `\`dependencies.ignore\`: ${one.package} counts no more since ${one.until}`,
    ),
  };
}

function verdictOf(
  { outcome }: ReportRequest,
  updates: readonly Update[],
  leftOut: readonly LeftOutUpdate[],
): UpdateReport["verdict"] {
  const { found, notChecked } = outcome;
  if (found.stopped) return found.stopped.why === "base" ? "base-red" : "not-checked";
  if (leftOut.some(({ why }) => why !== "ignored")) return "partly";
  if (updates.length > 0) return "updated";
  return notChecked.length > 0 ? "not-checked" : "up-to-date";
}

function updatesOf(
  { site }: LockOutcome,
  changes: readonly Change[],
  { settings, facts }: ReportRequest,
): Update[] {
  return changes.map((change) => {
    const group = groupOf(settings, change.name);
    const notes = facts(site.lock, change.name)?.notes;
    return {
      ...change,
      lock: site.lock,
      components: site.components,
      ...(group !== undefined && { group }),
      ...(notes !== undefined && { notes }),
    };
  });
}

/** What could have moved and did not; what came with something else after all is not left out. */
function leftOutOf(lock: LockOutcome, request: ReportRequest): LeftOutUpdate[] {
  const { outcome, settings, today } = request;
  const known = new Map(outcome.found.leftOut.map((one) => [one.update, one]));
  const made = new Set(lock.made.map(({ name, to }) => `${name}\n${to}`));
  const open = lock.possible.filter(({ name, to }) => !made.has(`${name}\n${to}`));
  return updatesOf(lock, open, request).flatMap((update): LeftOutUpdate[] => {
    const ignored = ignoredFor(settings, update.name, today);
    const until = ignored?.until === undefined ? "" : ` (until ${ignored.until})`;
    if (ignored) return [{ ...update, why: "ignored", reason: `${ignored.reason}${until}` }];
    const left = known.get(keyOf(lock.site, update.name));
    if (left) return [{ ...update, why: left.why, reason: left.reason }];
    // Never passed over in silence, whatever the package manager made of it.
    const stands = update.from && update.to && !lock.made.some(({ name }) => name === update.name);
    if (!stands || outcome.found.stopped) return [];
    return [{ ...update, why: "impossible", reason: "it did not move without what was left out" }];
  });
}

/** What the repository asks for itself and could have newer, were its ranges wider. */
function beyondOf({ site, packages, possible }: LockOutcome, { facts }: ReportRequest): Beyond[] {
  const direct = packages.filter((one) => one.direct && one.origin === "registry");
  return direct.flatMap(({ name, version }): Beyond[] => {
    const { latest, notes } = facts(site.lock, name) ?? {};
    const reachable = possible.some((one) => one.name === name && one.to === latest);
    if (latest === undefined || reachable) return [];
    if (compareVersions(site.ecosystem, latest, version) <= 0) return [];
    return [
      { name, lock: site.lock, locked: version, latest, ...(notes !== undefined && { notes }) },
    ];
  });
}
