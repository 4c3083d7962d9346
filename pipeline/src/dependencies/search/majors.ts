import { isPlainName } from "../locks/lock-command.ts";
import { readLock } from "../locks/lock-sites.ts";
import { raiseIn } from "../manifests/manifests.ts";
import type { FileContent } from "../report/report.ts";
import { ignoredFor, type UpdateSettings, wantsMajor } from "../settings.ts";
import type { FactsOf } from "../versions/asked.ts";
import { type Change, changesBetween } from "../versions/changes.ts";
import { compareVersions, kindOfChange } from "../versions/kind.ts";
import type { Checks } from "./checks.ts";
import { type Attempt, type Found, findCulprits } from "./culprits.ts";
import { groupOfKey, keyOf, suspectsOf } from "./keys.ts";
import type { UpdatePorts } from "./ports.ts";
import { whyUnfit } from "./unfit.ts";
import type { LockOutcome, Outcome } from "./update.ts";

export interface MajorsRequest {
  readonly outcome: Outcome;
  readonly settings: UpdateSettings;
  readonly today: string;
  readonly facts: FactsOf;
  /** The manifests of a lock, as they are. */
  readonly manifests: (lock: LockOutcome) => Promise<readonly FileContent[]>;
  readonly lock: UpdatePorts["lock"];
  readonly checks: Checks;
}

/** A lock, and what lies beyond its ranges and may be reached by raising them. */
interface Reach {
  readonly lock: LockOutcome;
  readonly manifests: readonly FileContent[];
  readonly changes: readonly Change[];
}

/** A lock with some ranges raised. */
interface Raised {
  readonly text: string;
  readonly manifests: readonly FileContent[];
}

/**
 * Raises the ranges that the settings name, on top of what went through within them. What fails is
 * left out again, and never takes back what was good before.
 */
export async function takeMajors(request: MajorsRequest): Promise<Outcome> {
  const { outcome, settings, checks } = request;
  if (outcome.found.stopped) return outcome;
  const reaches = await Promise.all(outcome.locks.map((lock) => reachOf(lock, request)));
  const updates = reaches.flatMap(({ lock, changes }) =>
    changes.map(({ name }) => keyOf(lock.site, name)),
  );
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

async function reachOf(lock: LockOutcome, request: MajorsRequest): Promise<Reach> {
  const { settings, today, facts } = request;
  const wanted = lock.packages.filter(
    ({ name, direct, origin }, at) =>
      direct &&
      origin === "registry" &&
      at === lock.packages.findLastIndex((one) => one.name === name) &&
      isPlainName(name) &&
      wantsMajor(settings, name) &&
      !ignoredFor(settings, name, today),
  );
  const manifests = wanted.length > 0 ? await request.manifests(lock) : [];
  const { ecosystem } = lock.site;
  const changes = wanted.flatMap(({ name, version: from, origin, registry }): Change[] => {
    const to = facts(lock.site.lock, name)?.latest;
    if (to === undefined || compareVersions(ecosystem, to, from) <= 0) return [];
    if (raiseIn(manifests, name, to).length === 0) return [];
    const kind = kindOfChange(ecosystem, from, to);
    return [
      { name, ecosystem, from, to, kind, direct: true, origin, ...(registry && { registry }) },
    ];
  });
  return { lock, manifests, changes };
}

type Raise = (reach: Reach, keys: readonly string[]) => Promise<Raised | Attempt | undefined>;

/** One lock with just these ranges raised, or why there is none; each set is asked for once. */
function createRaise(request: MajorsRequest): Raise {
  const known = new Map<string, ReturnType<Raise>>();
  return (reach, keys) => {
    const wanted = reach.changes.filter(({ name }) => keys.includes(keyOf(reach.lock.site, name)));
    if (wanted.length === 0) return Promise.resolve(undefined);
    const key = [reach.lock.site.lock, ...wanted.map(({ name }) => name)].join("\n");
    const found = known.get(key) ?? raiseAll(reach, wanted, request);
    known.set(key, found);
    return found;
  };
}

async function raiseAll(
  { lock, manifests: all }: Reach,
  wanted: readonly Change[],
  request: MajorsRequest,
): Promise<Raised | Attempt> {
  const { site, before, packages } = lock;
  const suspects = wanted.map(({ name }) => keyOf(site, name));
  const manifests = wanted.reduce(
    (files, { name, to = "" }) => replaced(files, raiseIn(files, name, to)),
    all,
  );
  const changed = manifests.filter((file) => !all.includes(file));
  const begin = [{ path: site.lock, content: lock.text ?? lock.original }, ...changed];
  const names = wanted.map(({ name }) => name);
  const locked = await request.lock(site, begin, names);
  if (locked.kind !== "locked") {
    const verdict = locked.kind === "world" ? "unknown" : "impossible";
    return { verdict, reason: locked.reason, suspects };
  }
  const why = whyUnfit({ site, before }, locked.text, request);
  if (why !== undefined) return { verdict: "impossible", reason: why, suspects };
  const after = readLock(site, locked.text);
  const moved = changesBetween(site.ecosystem, packages, after.ok ? after.packages : []);
  const stuck = names.filter((name) => !moved.some((one) => one.name === name));
  if (stuck.length === 0) return { text: locked.text, manifests: changed };
  const reason = "it did not move, although its range was raised";
  return { verdict: "impossible", reason, suspects: stuck.map((name) => keyOf(site, name)) };
}

function replaced(
  files: readonly FileContent[],
  changed: readonly FileContent[],
): readonly FileContent[] {
  return files.map((file) => changed.find(({ path }) => path === file.path) ?? file);
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
