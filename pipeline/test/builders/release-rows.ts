import { expect, it } from "vitest";
import { inferredFrom } from "./root-files.ts";

/** What is shown, the files, what follows of them, and what Gantry has no setting for. */
export type ReleaseRow = readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  release: object,
  unsaid?: string,
];

/** A test for each: no more and no less is taken from the files than the row says. */
export function releaseRows(rows: readonly ReleaseRow[]): void {
  const named = rows.map(([what, files, release, unsaid]) => ({ what, files, release, unsaid }));
  it.each(named)("$what", async ({ files, release, unsaid }) => {
    const shown = await inferredFrom(files);
    expect(shown.release).toEqual(release);
    expect(shown.warnings).toEqual(unsaid ? [expect.stringContaining(unsaid)] : []);
  });
}

/** What most of these tools set that Gantry's defaults do not. */
export const likeSemver = { breaking: "major", feature: "minor" };
export const noFeature = { feature: "none" };
export const noRevert = { feature: "none", revert: "none" };

/** `${version}`, which in these files is text. */
export const placeholder = "$".concat("{version}");

export const json = (value: object): string => JSON.stringify(value);
