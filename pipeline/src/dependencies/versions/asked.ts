import type { LockSite } from "../locks/lock-sites.ts";
import type { LockOutcome } from "../search/update.ts";
import type { PackageFacts } from "./notes.ts";

/** A package of which a registry is asked something. */
export interface AskedPackage {
  readonly site: Pick<LockSite, "lock" | "ecosystem">;
  readonly name: string;
  /** The registry that the lock names. */
  readonly registry?: string;
}

/** What the registries tell of a package of a lock; nothing where they told nothing. */
export type FactsOf = (lock: string, name: string) => PackageFacts | undefined;

/** Whatever the report shows, and whatever the repository asks for itself. */
export function askedOf(locks: readonly LockOutcome[]): AskedPackage[] {
  return locks.flatMap(({ site: { lock, ecosystem }, possible, packages }) => {
    const named = [...possible, ...packages.filter(({ direct }) => direct)];
    return named
      .filter(({ origin }) => origin === "registry")
      .map(({ name, registry }) => ({
        site: { lock, ecosystem },
        name,
        ...(registry !== undefined && { registry }),
      }));
  });
}
