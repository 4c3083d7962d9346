import { isPlainName } from "../locks/lock-command.ts";
import { type LockSite, type NotHandled, readLock } from "../locks/lock-sites.ts";
import type { LockedPackage } from "../locks/locked-package.ts";
import type { NotChecked } from "../report/report.ts";
import { ignoredFor, type UpdateSettings } from "../settings.ts";
import { type Change, changesBetween } from "../versions/changes.ts";
import type { UpdatePorts } from "./ports.ts";

export interface UpdateRequest {
  readonly sites: readonly LockSite[];
  /** The lock files as they are. */
  readonly texts: ReadonlyMap<string, string>;
  readonly settings: UpdateSettings;
  /** The day, as `2026-11-23`. */
  readonly today: string;
}

/** A lock with everything that could be updated in it. */
export interface Candidate {
  readonly site: LockSite;
  readonly text: string;
  readonly before: readonly LockedPackage[];
  readonly whole: string;
  readonly after: readonly LockedPackage[];
  readonly changes: readonly Change[];
  /** Those that may move. */
  readonly names: readonly string[];
}

export interface Collected {
  readonly candidates: readonly Candidate[];
  readonly notChecked: readonly NotChecked[];
  readonly notHandled: readonly NotHandled[];
}

type One =
  | { readonly candidate: Candidate }
  | { readonly notChecked: NotChecked }
  | { readonly notHandled: NotHandled };

/** What there is to update in every lock. One after the other: package managers share their caches. */
export async function collect(
  request: UpdateRequest,
  lock: UpdatePorts["lock"],
): Promise<Collected> {
  const all: One[] = [];
  for (const site of request.sites) all.push(await collectOne(site, request, lock));
  return {
    candidates: all.flatMap((one) => ("candidate" in one ? one.candidate : [])),
    notChecked: all.flatMap((one) => ("notChecked" in one ? one.notChecked : [])),
    notHandled: all.flatMap((one) => ("notHandled" in one ? one.notHandled : [])),
  };
}

async function collectOne(
  site: LockSite,
  request: UpdateRequest,
  lock: UpdatePorts["lock"],
): Promise<One> {
  const text = request.texts.get(site.lock) ?? "";
  const before = readLock(site, text);
  if (!before.ok) return unreadable(site, before.why);
  const locked = await lock(site, [{ path: site.lock, content: text }], "all");
  if (locked.kind !== "locked") {
    const mend = locked.kind === "world" ? locked.mend : "mend what its manifest asks for";
    return { notChecked: { lock: site.lock, reason: locked.reason, mend } };
  }
  const after = readLock(site, locked.text);
  if (!after.ok) return unreadable(site, after.why);
  const changes = changesBetween(site.ecosystem, before.packages, after.packages);
  return {
    candidate: {
      site,
      text,
      before: before.packages,
      whole: locked.text,
      after: after.packages,
      changes,
      names: namesToMove(changes, request),
    },
  };
}

function unreadable({ components, lock }: LockSite, why: string): One {
  return { notHandled: { component: components.join(", "), why: `${lock}: ${why}` } };
}

/** What comes or goes does so because something else moves; only where nothing moves does it count. */
function namesToMove(
  changes: readonly Change[],
  { settings, today }: UpdateRequest,
): readonly string[] {
  const moves = changes.filter(({ from, to }) => from !== undefined && to !== undefined);
  const names = (moves.length > 0 ? moves : changes).map(({ name }) => name);
  return [...new Set(names)].filter(
    (name) => isPlainName(name) && !ignoredFor(settings, name, today),
  );
}
