import { readLock } from "../locks/lock-sites.ts";
import { raiseIn } from "../manifests/manifests.ts";
import type { FileContent } from "../report/report.ts";
import type { UpdateSettings } from "../settings.ts";
import { type Change, changesBetween } from "../versions/changes.ts";
import type { Attempt } from "./culprits.ts";
import { keyOf } from "./keys.ts";
import type { UpdatePorts } from "./ports.ts";
import type { Reach } from "./reach.ts";
import { whyUnfit } from "./unfit.ts";

/** A lock with some ranges raised. */
export interface Raised {
  readonly text: string;
  readonly manifests: readonly FileContent[];
}

/** A lock with the ranges of some updates raised, or why there is none. */
export type Raise = (
  reach: Reach,
  keys: readonly string[],
) => Promise<Raised | Attempt | undefined>;

interface RaiseRequest {
  readonly settings: UpdateSettings;
  readonly today: string;
  readonly lock: UpdatePorts["lock"];
}

/** Each set of updates is asked for once. */
export function createRaise(request: RaiseRequest): Raise {
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
  request: RaiseRequest,
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
