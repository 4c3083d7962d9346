import type { Ecosystem, LockedPackage, Origin } from "../locks/locked-package.ts";
import { type ChangeKind, compareVersions, kindOfChange } from "./kind.ts";

/** One package that stands in the lock with another version than before. */
export interface Change {
  readonly name: string;
  readonly ecosystem: Ecosystem;
  /** Absent where it is new. */
  readonly from?: string;
  /** Absent where it is gone. */
  readonly to?: string;
  readonly kind: ChangeKind;
  readonly direct: boolean;
  readonly origin: Origin;
  readonly registry?: string;
}

/** What two states of one lock differ in, by name. Several versions of a package are told apart. */
export function changesBetween(
  ecosystem: Ecosystem,
  before: readonly LockedPackage[],
  after: readonly LockedPackage[],
): readonly Change[] {
  const [old, now] = [byName(before), byName(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  return names.flatMap((name) => changesOf(ecosystem, old.get(name) ?? [], now.get(name) ?? []));
}

function byName(packages: readonly LockedPackage[]): Map<string, LockedPackage[]> {
  const found = new Map<string, LockedPackage[]>();
  for (const one of packages) found.set(one.name, [...(found.get(one.name) ?? []), one]);
  return found;
}

function changesOf(
  ecosystem: Ecosystem,
  before: readonly LockedPackage[],
  after: readonly LockedPackage[],
): Change[] {
  const gone = missingFrom(after, before, ecosystem);
  const come = missingFrom(before, after, ecosystem);
  const told = come.at(-1) ?? gone.at(-1);
  if (!told) return [];
  const { name, origin, registry } = told;
  const direct = [...before, ...after].some((one) => one.direct);
  const same = { name, ecosystem, direct, origin, ...(registry && { registry }) };
  // The newest goes with the newest, the one before with the one before.
  const moved = Math.min(gone.length, come.length);
  const [left, fresh] = [gone.slice(0, gone.length - moved), come.slice(0, come.length - moved)];
  return [
    ...left.map(({ version: from }): Change => ({ ...same, from, kind: "removed" })),
    ...fresh.map(({ version: to }): Change => ({ ...same, to, kind: "added" })),
    ...come.slice(fresh.length).map(({ version: to }, at): Change => {
      const from = gone[left.length + at]?.version ?? "";
      return { ...same, from, to, kind: kindOfChange(ecosystem, from, to) };
    }),
  ];
}

/** The versions that the others lack, each once, the newest last. */
function missingFrom(
  others: readonly LockedPackage[],
  these: readonly LockedPackage[],
  ecosystem: Ecosystem,
): LockedPackage[] {
  const known = new Set(others.map(({ version }) => version));
  const fresh = new Map(these.map((one) => [one.version, one]));
  return [...fresh.values()]
    .filter(({ version }) => !known.has(version))
    .toSorted((a, b) => compareVersions(ecosystem, a.version, b.version));
}
