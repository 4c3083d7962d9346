import type { HostRelease } from "./host.ts";
import { chosen, ownMark } from "./steps/draft.ts";

/**
 * Whether the version before may be half done: its tag has no release, or the release is one of
 * Gantry's own, of which every step looks again. A release that somebody made by hand is theirs.
 */
export function mayBeUnfinished(releases: readonly HostRelease[]): boolean {
  const release = chosen(releases);
  return release === undefined || release.body.includes(ownMark);
}
