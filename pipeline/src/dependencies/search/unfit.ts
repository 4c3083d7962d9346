import { isPlainName } from "../locks/lock-command.ts";
import { readLock } from "../locks/lock-sites.ts";
import { ignoredFor } from "../settings.ts";
import { changesBetween } from "../versions/changes.ts";
import type { Candidate, UpdateRequest } from "./candidates.ts";
import { keyOf } from "./keys.ts";

type Limits = Pick<UpdateRequest, "settings" | "today">;

/** Only where nothing is ignored has the whole update just what is wanted. */
export function mayMoveAll({ changes }: Candidate, { settings, today }: Limits): boolean {
  return changes.every(({ name }) => isPlainName(name) && !ignoredFor(settings, name, today));
}

/** A lock that moves what shall stay is none. */
export function whyUnfit(
  { site, before }: Pick<Candidate, "site" | "before">,
  text: string,
  { settings, today }: Limits,
): string | undefined {
  const after = readLock(site, text);
  if (!after.ok) return after.why;
  const moved = changesBetween(site.ecosystem, before, after.packages);
  for (const { name, from } of moved) {
    const ignored = from === undefined ? undefined : ignoredFor(settings, name, today);
    if (ignored) return `it needs another ${name}, which stays: ${ignored.reason}`;
  }
  return undefined;
}

/** What was asked to move and did not: package managers rather keep another that stands in its way. */
export function stuckIn(
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
