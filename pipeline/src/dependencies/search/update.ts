import { type LockSite, type NotHandled, readLock } from "../locks/lock-sites.ts";
import type { LockedPackage } from "../locks/locked-package.ts";
import type { FileContent, NotChecked } from "../report/report.ts";
import { groupOf, type UpdateSettings } from "../settings.ts";
import { type Change, changesBetween } from "../versions/changes.ts";
import { type Candidate, collect, type UpdateRequest } from "./candidates.ts";
import type { Checks } from "./checks.ts";
import { type Found, findCulprits } from "./culprits.ts";
import { groupOfKey, keyOf } from "./keys.ts";
import { inKinship } from "./kinship.ts";
import type { UpdatePorts } from "./ports.ts";
import { createTrials, type Trials } from "./trials.ts";

/** What was found: for every lock the change that goes through, and the change that there could be. */
export interface Outcome {
  readonly locks: readonly LockOutcome[];
  readonly found: Found;
  readonly checks: number;
  readonly notChecked: readonly NotChecked[];
  readonly notHandled: readonly NotHandled[];
}

export interface LockOutcome {
  readonly site: LockSite;
  readonly possible: readonly Change[];
  readonly made: readonly Change[];
  readonly packages: readonly LockedPackage[];
  /** As the lock was: what it held, and its content. */
  readonly before: readonly LockedPackage[];
  readonly original: string;
  /** Its new content, where it changes. */
  readonly text?: string;
  /** Manifests whose ranges are raised. */
  readonly manifests?: readonly FileContent[];
}

/** Updates every lock, tests them together, and leaves out what breaks the tests. */
export async function updateLocks(
  request: UpdateRequest,
  { lock, checks }: Pick<UpdatePorts, "lock"> & { readonly checks: Checks },
): Promise<Outcome> {
  const { candidates, notChecked, notHandled } = await collect(request, lock);
  const trials = createTrials({ candidates, request, lock, checks });
  const found = await search(candidates, request.settings, trials);
  const locks = await Promise.all(
    candidates.map(async (one) => lockOutcome(one, await trials.textOf(one, found.through))),
  );
  return { locks, found, checks: checks.count(), notChecked, notHandled };
}

async function search(
  candidates: readonly Candidate[],
  settings: UpdateSettings,
  { attempt }: Trials,
): Promise<Found> {
  const updates = candidates.flatMap((one) =>
    inKinship(one.names, one.after, (name) => groupOf(settings, name)).map((name) =>
      keyOf(one.site, name),
    ),
  );
  if (updates.length === 0) return { through: [], leftOut: [], attempts: 0 };
  return findCulprits({
    updates,
    group: (key) => groupOfKey(key, settings),
    attempt,
    most: settings.runs,
  });
}

function lockOutcome(one: Candidate, text: string | undefined): LockOutcome {
  const { site, changes, before } = one;
  const read = text === undefined ? undefined : readLock(site, text);
  const packages = read?.ok ? read.packages : before;
  const made = changesBetween(site.ecosystem, before, packages);
  // A lock that is only written differently is no update.
  const changed = text !== undefined && made.length > 0;
  const same = { site, possible: changes, made, packages, before, original: one.text };
  return { ...same, ...(changed && { text }) };
}
