import { readLock } from "../locks/lock-sites.ts";
import type { FileContent } from "../report/report.ts";
import { groupOf, type UpdateSettings } from "../settings.ts";
import { type Change, changesBetween } from "../versions/changes.ts";
import type { Checks } from "./checks.ts";
import { type Attempt, type Found, findCulprits } from "./culprits.ts";
import { groupOfKey, keyOf, suspectsOf } from "./keys.ts";
import { inKinship } from "./kinship.ts";
import type { UpdatePorts } from "./ports.ts";
import { createRaise, type Raise, type Raised } from "./raise.ts";
import { type Reach, type ReachRequest, reachOf } from "./reach.ts";
import type { LockOutcome, Outcome } from "./update.ts";

export interface MajorsRequest extends ReachRequest {
  readonly outcome: Outcome;
  readonly lock: UpdatePorts["lock"];
  readonly checks: Checks;
}

/**
 * Raises the ranges that the settings name, on top of what went through within them. What fails is
 * left out again, and never takes back what was good before.
 */
export async function takeMajors(request: MajorsRequest): Promise<Outcome> {
  const { outcome, settings, checks } = request;
  if (outcome.found.stopped) return outcome;
  const reaches = await Promise.all(outcome.locks.map((lock) => reachOf(lock, request)));
  const updates = reaches.flatMap((reach) => keysOf(reach, settings));
  const most = settings.runs - outcome.found.attempts;
  if (updates.length === 0 || most < 1) return outcome;
  const raise = createRaise(request);
  const found = await findCulprits({
    updates,
    group: (key) => groupOfKey(key, settings),
    attempt: (keys) => attempt(reaches, keys, { raise, checks }),
    most,
  });
  const locks = await Promise.all(
    reaches.map(async (reach) => withRaised(reach, await raise(reach, found.through))),
  );
  return { ...outcome, locks, checks: checks.count(), found: together(outcome, found, updates) };
}

/** What belongs together stands side by side: it often goes only together. */
function keysOf({ lock, changes }: Reach, settings: UpdateSettings): string[] {
  const names = changes.map(({ name }) => name);
  const ordered = inKinship(names, lock.packages, (name) => groupOf(settings, name));
  return ordered.map((name) => keyOf(lock.site, name));
}

async function attempt(
  reaches: readonly Reach[],
  keys: readonly string[],
  { raise, checks }: { readonly raise: Raise; readonly checks: Checks },
): Promise<Attempt> {
  const files: FileContent[] = [];
  for (const reach of reaches) {
    const raised = await raise(reach, keys);
    if (raised && "verdict" in raised) return raised;
    const { site, text } = reach.lock;
    const content = raised?.text ?? text;
    if (content !== undefined) files.push({ path: site.lock, content });
    files.push(...(raised?.manifests ?? []));
  }
  const { verdict, reason, components } = await checks.of(files, keys);
  const sites = reaches.map(({ lock }) => lock.site);
  return { verdict, reason, suspects: suspectsOf(components, sites, keys) };
}

function withRaised({ lock, changes }: Reach, raised: Raised | Attempt | undefined): LockOutcome {
  const possible = [...lock.possible.filter((one) => !isOf(one, changes)), ...changes];
  if (!raised || "verdict" in raised) return { ...lock, possible };
  const { text, manifests } = raised;
  const after = readLock(lock.site, text);
  const packages = after.ok ? after.packages : lock.packages;
  const made = changesBetween(lock.site.ecosystem, lock.before, packages);
  return { ...lock, possible, made, packages, text, manifests };
}

/** The same package is told once: where it may go at most. */
function isOf({ name }: Change, changes: readonly Change[]): boolean {
  return changes.some((one) => one.name === name);
}

/** A search that broke off leaves out what it was after, where something else is there to keep. */
function together({ found }: Outcome, majors: Found, updates: readonly string[]): Found {
  const { stopped } = majors;
  if (stopped && found.through.length === 0) return { ...majors, leftOut: found.leftOut };
  const untried = updates.map((update) => ({
    update,
    why: "untried" as const,
    reason: `not tried: ${stopped?.reason}`,
  }));
  const leftOut = stopped ? untried : majors.leftOut;
  const kept = found.leftOut.filter(({ update }) => !updates.includes(update));
  return {
    through: [...found.through, ...majors.through],
    leftOut: [...kept, ...leftOut],
    attempts: found.attempts + majors.attempts,
  };
}
