import parseSemver from "semver/functions/parse.js";
import type { Ecosystem } from "../locks/locked-package.ts";
import { compareNumbers, comparePythonVersions, parsePythonVersion } from "./pep440.ts";

/** How far a version moves; `other` is a step back, a suffix, or a commit. */
export type ChangeKind = "major" | "minor" | "patch" | "other" | "added" | "removed";

/** The kind of a move from one version to another, by the rules of their ecosystem. */
export function kindOfChange(ecosystem: Ecosystem, from: string, to: string): ChangeKind {
  const [before, after] = [partsOf(ecosystem, from), partsOf(ecosystem, to)];
  if (!before || !after || compareVersions(ecosystem, from, to) >= 0) return "other";
  for (const at of [0, 1, 2, 3]) {
    const same = (before[at] ?? 0) === (after[at] ?? 0);
    // The epoch comes first: a new one is a new way of counting.
    if (!same) return at <= 1 ? "major" : at === 2 ? "minor" : "patch";
  }
  return compareNumbers(before, after) === 0 ? "other" : "patch";
}

/** Orders versions; those that follow no rule come first, as words. */
export function compareVersions(ecosystem: Ecosystem, one: string, other: string): number {
  if (ecosystem === "npm") {
    const [a, b] = [parseSemver(one), parseSemver(other)];
    return a && b ? a.compare(b) : unruled(a, b, one, other);
  }
  const [a, b] = [parsePythonVersion(one), parsePythonVersion(other)];
  return a && b ? comparePythonVersions(a, b) : unruled(a, b, one, other);
}

function unruled(a: unknown, b: unknown, one: string, other: string): number {
  if (a || b) return a ? 1 : -1;
  return one === other ? 0 : one < other ? -1 : 1;
}

/** Epoch and release; npm counts without epochs. */
function partsOf(ecosystem: Ecosystem, version: string): readonly number[] | undefined {
  if (ecosystem === "npm") {
    const parsed = parseSemver(version);
    return parsed ? [0, parsed.major, parsed.minor, parsed.patch] : undefined;
  }
  const parsed = parsePythonVersion(version);
  return parsed && [parsed.epoch, ...parsed.release];
}
