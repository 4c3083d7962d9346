import { isPlainName } from "../locks/lock-command.ts";
import { type LockSite, type NotHandled, readLock } from "../locks/lock-sites.ts";
import type { LockedPackage } from "../locks/locked-package.ts";
import type { FileContent, NotChecked } from "../report/report.ts";
import { groupOf, ignoredFor, type UpdateSettings } from "../settings.ts";
import { type Change, changesBetween } from "../versions/changes.ts";
import { type Attempt, type Found, findCulprits } from "./culprits.ts";
import { inKinship } from "./kinship.ts";

/** What a package manager answered. */
export type Locked =
  | { readonly kind: "locked"; readonly text: string }
  | { readonly kind: "impossible"; readonly reason: string }
  | { readonly kind: "world"; readonly reason: string; readonly mend: string };

/** What the checks said of some files; `components` are those whose steps failed. */
export interface Checked extends Pick<Attempt, "reason"> {
  readonly verdict: "green" | "red" | "unknown";
  readonly components: readonly string[];
}

/** The world that updating needs; each call begins from the source as it was. */
export interface UpdatePorts {
  readonly lock: (
    site: LockSite,
    text: string,
    packages: readonly string[] | "all",
  ) => Promise<Locked>;
  readonly check: (files: readonly FileContent[], trying: readonly string[]) => Promise<Checked>;
}

export interface UpdateRequest {
  readonly sites: readonly LockSite[];
  /** The lock files as they are. */
  readonly texts: ReadonlyMap<string, string>;
  readonly settings: UpdateSettings;
  /** The day, as `2026-11-23`. */
  readonly today: string;
}

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
  /** Its new content, where it changes. */
  readonly text?: string;
}

/** A lock with everything that could be updated in it. */
interface Candidate {
  readonly site: LockSite;
  readonly text: string;
  readonly before: readonly LockedPackage[];
  readonly whole: string;
  readonly after: readonly LockedPackage[];
  readonly changes: readonly Change[];
  /** Those that may move. */
  readonly names: readonly string[];
}

/** Updates every lock, tests them together, and leaves out what breaks the tests. */
export async function updateLocks(request: UpdateRequest, ports: UpdatePorts): Promise<Outcome> {
  const { candidates, notChecked, notHandled } = await collect(request, ports);
  const trials = createTrials(candidates, request, ports);
  const updates = candidates.flatMap((one) =>
    inKinship(one.names, one.after, (name) => groupOf(request.settings, name)).map((name) =>
      keyOf(one.site, name),
    ),
  );
  const found =
    updates.length === 0
      ? { through: [], leftOut: [], attempts: 0 }
      : await findCulprits({
          updates,
          group: (key) => groupOfKey(key, request.settings),
          attempt: trials.attempt,
          most: request.settings.runs,
        });
  const locks = await Promise.all(
    candidates.map(async (one) => lockOutcome(one, await trials.textOf(one, found.through))),
  );
  return { locks, found, checks: trials.checks(), notChecked, notHandled };
}

export function keyOf({ lock }: LockSite, name: string): string {
  return `${lock}\n${name}`;
}

function groupOfKey(key: string, settings: UpdateSettings): string {
  const [lock = "", name = ""] = key.split("\n");
  return `${lock}\n${groupOf(settings, name) ?? ""}`;
}

type Collected = Pick<Outcome, "notChecked" | "notHandled"> & {
  readonly candidates: readonly Candidate[];
};

/** One after the other: package managers share their caches. */
async function collect(request: UpdateRequest, ports: UpdatePorts): Promise<Collected> {
  const candidates: Candidate[] = [];
  const notChecked: NotChecked[] = [];
  const notHandled: NotHandled[] = [];
  for (const site of request.sites) {
    const text = request.texts.get(site.lock) ?? "";
    const before = readLock(site, text);
    if (!before.ok) {
      notHandled.push({
        component: site.components.join(", "),
        why: `${site.lock}: ${before.why}`,
      });
      continue;
    }
    const locked = await ports.lock(site, text, "all");
    if (locked.kind !== "locked") {
      const mend = locked.kind === "world" ? locked.mend : "mend what its manifest asks for";
      notChecked.push({ lock: site.lock, reason: locked.reason, mend });
      continue;
    }
    const after = readLock(site, locked.text);
    if (!after.ok) {
      notHandled.push({ component: site.components.join(", "), why: `${site.lock}: ${after.why}` });
      continue;
    }
    const changes = changesBetween(site.ecosystem, before.packages, after.packages);
    const names = namesToMove(changes, request);
    const same = { site, text, before: before.packages, after: after.packages };
    candidates.push({ ...same, whole: locked.text, changes, names });
  }
  return { candidates, notChecked, notHandled };
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

interface Trials {
  readonly attempt: (keys: readonly string[]) => Promise<Attempt>;
  readonly textOf: (candidate: Candidate, keys: readonly string[]) => Promise<string | undefined>;
  readonly checks: () => number;
}

function createTrials(
  candidates: readonly Candidate[],
  request: UpdateRequest,
  { lock, check }: UpdatePorts,
): Trials {
  const locked = new Map<string, Promise<Locked>>();
  const verdicts = new Map<string, Checked>();
  let checks = 0;

  const lockFor = (one: Candidate, keys: readonly string[]): Promise<Locked> => {
    const wanted = one.names.filter((name) => keys.includes(keyOf(one.site, name)));
    if (wanted.length === 0) return Promise.resolve({ kind: "locked", text: one.text });
    const all = wanted.length === one.names.length && mayMoveAll(one, request);
    if (all) return Promise.resolve({ kind: "locked", text: one.whole });
    const key = [one.site.lock, ...wanted].join("\n");
    const known = locked.get(key) ?? lock(one.site, one.text, wanted);
    locked.set(key, known);
    return known;
  };

  /** One lock with just these updates, or why there is none. */
  const made = async (one: Candidate, keys: readonly string[]): Promise<string | Attempt> => {
    const found = await lockFor(one, keys);
    const problem = found.kind === "locked" ? whyNot(one, found.text, request) : found;
    if (problem) {
      const suspects = keys.filter((key) => key.startsWith(`${one.site.lock}\n`));
      const verdict = problem.kind === "world" ? "unknown" : "impossible";
      return { verdict, reason: problem.reason, suspects };
    }
    const text = found.kind === "locked" ? found.text : "";
    const stuck = stuckIn(one, text, keys);
    if (stuck.length === 0) return text;
    const reason = "it moves only together with another, which stays";
    return { verdict: "impossible", reason, suspects: stuck };
  };

  const attempt = async (keys: readonly string[]): Promise<Attempt> => {
    const files: FileContent[] = [];
    for (const one of candidates) {
      const text = await made(one, keys);
      if (typeof text !== "string") return text;
      if (text !== one.text) files.push({ path: one.site.lock, content: text });
    }
    const content = JSON.stringify(files);
    const known = verdicts.get(content);
    if (!known) checks += 1;
    const checked = known ?? (await check(files, keys));
    verdicts.set(content, checked);
    const { verdict, reason, components } = checked;
    return { verdict, reason, suspects: suspectsOf(components, candidates, keys) };
  };

  return {
    attempt,
    checks: () => checks,
    async textOf(candidate, keys) {
      const made = await lockFor(candidate, keys);
      return made.kind === "locked" && made.text !== candidate.text ? made.text : undefined;
    },
  };
}

/** Only where nothing is ignored has the whole update just what is wanted. */
function mayMoveAll({ changes }: Candidate, { settings, today }: UpdateRequest): boolean {
  return changes.every(({ name }) => isPlainName(name) && !ignoredFor(settings, name, today));
}

/** A lock that moves what shall stay is none. */
function whyNot(
  { site, before }: Candidate,
  text: string,
  { settings, today }: UpdateRequest,
): { kind: "impossible"; reason: string } | undefined {
  const after = readLock(site, text);
  if (!after.ok) return { kind: "impossible", reason: after.why };
  const moved = changesBetween(site.ecosystem, before, after.packages);
  for (const { name, from } of moved) {
    const ignored = from === undefined ? undefined : ignoredFor(settings, name, today);
    if (ignored) {
      return {
        kind: "impossible",
        reason: `it needs another ${name}, which stays: ${ignored.reason}`,
      };
    }
  }
  return undefined;
}

/** What was asked to move and did not: package managers rather keep another that stands in its way. */
function stuckIn(
  { site, before, changes, names }: Candidate,
  text: string,
  keys: readonly string[],
): readonly string[] {
  const after = readLock(site, text);
  const moved = changesBetween(site.ecosystem, before, after.ok ? after.packages : []);
  const wanted = names.filter((name) => keys.includes(keyOf(site, name)));
  return wanted
    .filter((name) => changes.some((one) => one.name === name && one.from && one.to))
    .filter((name) => !moved.some((one) => one.name === name))
    .map((name) => keyOf(site, name));
}

function suspectsOf(
  components: readonly string[],
  candidates: readonly Candidate[],
  keys: readonly string[],
): readonly string[] {
  const locks = candidates
    .map(({ site }) => site)
    .filter((site) => site.components.some((component) => components.includes(component)))
    .map(({ lock }) => lock);
  return keys.filter((key) => locks.includes(key.split("\n")[0] ?? ""));
}

function lockOutcome(one: Candidate, text: string | undefined): LockOutcome {
  const { site, changes, before } = one;
  const read = text === undefined ? undefined : readLock(site, text);
  const packages = read?.ok ? read.packages : before;
  const made = changesBetween(site.ecosystem, before, packages);
  // A lock that is only written differently is no update.
  const changed = text !== undefined && made.length > 0;
  return { site, possible: changes, made, packages, ...(changed && { text }) };
}
