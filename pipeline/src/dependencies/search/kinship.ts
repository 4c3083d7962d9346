import type { LockedPackage } from "../locks/locked-package.ts";

/**
 * Names in an order in which what belongs together stands side by side: groups first, and in them
 * and after them packages next to those that they ask for. A search by halves then seldom parts them.
 */
export function inKinship(
  names: readonly string[],
  packages: readonly LockedPackage[],
  groupOf: (name: string) => string | undefined,
): readonly string[] {
  const uses = new Map<string, Set<string>>();
  for (const { name, uses: used } of packages) {
    uses.set(name, new Set([...(uses.get(name) ?? []), ...used]));
  }
  const groups = Map.groupBy(names, groupOf);
  const ungrouped = groups.get(undefined) ?? [];
  groups.delete(undefined);
  const ordered = [...groups].toSorted(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1));
  return [...ordered.map(([, members]) => members), ungrouped].flatMap((members) =>
    walk(members, uses),
  );
}

/** From each package to those that it asks for, as deep as it goes. */
function walk(names: readonly string[], uses: ReadonlyMap<string, Set<string>>): string[] {
  const left = new Set(names);
  const ordered: string[] = [];
  const used = new Set(names.flatMap((name) => [...(uses.get(name) ?? [])]));
  // Those that nobody asks for first: everything else hangs below them.
  const waiting = names.toSorted((a, b) => Number(used.has(a)) - Number(used.has(b))).toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!left.delete(next)) continue;
    ordered.push(next);
    waiting.push(...(uses.get(next) ?? []));
  }
  return ordered;
}
