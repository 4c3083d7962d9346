import semver from "semver";
import type { Folder } from "../../survey.ts";
import type { Manifest } from "./manifest.ts";

/** Node.js lines by the names that `.nvmrc` may give them. */
const lines: Readonly<Record<string, string>> = {
  hydrogen: "18",
  iron: "20",
  jod: "22",
  krypton: "24",
};

/** Everything below is taken to be there: Gantry itself needs it. */
const oldest = 20;
const newest = 30;

/**
 * The major version that a repository needs, where it says so: its version file, or the lowest one
 * that `engines` allows, since a machine's newer one then does as well.
 */
export function nodeVersionOf(
  folder: Folder,
  manifest: Manifest,
): { readonly version: string; readonly from: string } | undefined {
  for (const from of [".nvmrc", ".node-version"]) {
    const version = majorIn(folder.text(from) ?? "");
    if (version) return { version, from };
  }
  const version = lowestMajor(manifest.engine);
  return version === undefined ? undefined : { version, from: "package.json engines" };
}

function majorIn(text: string): string | undefined {
  const word = text.trim().split(/\s/)[0] ?? "";
  return /^v?(\d+)/.exec(word)?.[1] ?? lines[word.replace(/^lts\//, "").toLowerCase()];
}

function lowestMajor(range: string | undefined): string | undefined {
  if (!range || semver.validRange(range) === null) return undefined;
  for (let major = oldest; major <= newest; major += 1) {
    if (semver.intersects(range, `${major}.x`)) return major === oldest ? undefined : `${major}`;
  }
  return undefined;
}
