import type { LockSite } from "../locks/lock-sites.ts";
import { groupOf, type UpdateSettings } from "../settings.ts";

/** One update: a package in a lock. */
export function keyOf({ lock }: LockSite, name: string): string {
  return `${lock}\n${name}`;
}

export function lockOfKey(key: string): string {
  return key.split("\n")[0] ?? "";
}

/** Updates with the same answer are parted last. */
export function groupOfKey(key: string, settings: UpdateSettings): string {
  const [lock = "", name = ""] = key.split("\n");
  return `${lock}\n${groupOf(settings, name) ?? ""}`;
}

/** The updates of the locks that some components live by. */
export function suspectsOf(
  components: readonly string[],
  sites: readonly LockSite[],
  keys: readonly string[],
): readonly string[] {
  const locks = sites
    .filter((site) => site.components.some((component) => components.includes(component)))
    .map(({ lock }) => lock);
  return keys.filter((key) => locks.includes(lockOfKey(key)));
}
