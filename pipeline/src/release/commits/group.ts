import type { Changelog } from "../plan.ts";
import type { Change } from "./collect.ts";

export type Group = "features" | "fixes" | "chores";

const features = new Set(["feat", "feature"]);
const fixes = new Set(["fix", "perf", "revert"]);

/** Which part of the changelog a change stands in; null: it follows no convention. */
export function groupOf({ type }: Pick<Change, "type">): Group | null {
  if (type === null) return null;
  if (features.has(type)) return "features";
  return fixes.has(type) ? "fixes" : "chores";
}

/** The seed's form: header lines, the newest first. */
export function changelogOf(changes: readonly Change[]): Changelog {
  const headers = (fits: (change: Change) => boolean): string[] =>
    changes.filter(fits).map(({ header }) => header);
  return {
    features: headers((change) => groupOf(change) === "features"),
    fixes: headers((change) => groupOf(change) === "fixes"),
    chores: headers((change) => groupOf(change) === "chores"),
    breaking: headers((change) => change.breaking),
  };
}
