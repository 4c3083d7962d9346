import type { History } from "../history.ts";
import type { Level, ReleaseSettings } from "../settings.ts";
import { channelOf } from "./channel.ts";
import { inc, major, parse, prerelease, rcompare } from "./semver.ts";

export interface NextVersion {
  readonly version: string;
  /** `first` where there was no version before. */
  readonly level: Level | "first";
  /** The channel's name, where the branch makes pre-releases. */
  readonly channel?: string;
}

type Tags = Pick<History, "branch" | "previous" | "previousOfChannel" | "taken">;

/** The version that follows: never lower than one that HEAD already holds. */
export function nextVersion(
  tags: Tags,
  level: Level | undefined,
  settings: ReleaseSettings & { readonly first: string },
): NextVersion | undefined {
  const stable = stableVersion(tags, level, settings);
  if (!stable) return undefined;
  const channel = channelOf(tags.branch, settings);
  if (channel === undefined) return stable;
  return { ...stable, version: preRelease(stable.version, channel, tags), channel };
}

function stableVersion(
  { previous, previousOfChannel }: Tags,
  level: Level | undefined,
  settings: ReleaseSettings,
): NextVersion | undefined {
  const promised = previousOfChannel && coreOf(previousOfChannel.version);
  if (!previous) {
    return { version: higher(settings.first, promised), level: "first" };
  }
  if (!level) return undefined;
  const asked = inZero(previous.version, level, settings);
  const version = inc(previous.version, asked);
  return version === null ? undefined : { version: higher(version, promised), level: asked };
}

/** Below 1.0.0 nothing is promised yet, so that every step is one smaller, unless set otherwise. */
function inZero(version: string, level: Level, { zero }: ReleaseSettings): Level {
  if (major(version) > 0 || level === "patch") return level;
  return level === "major" ? zero.breaking : zero.feature;
}

/** Counted on from the highest that exists anywhere: two branches of one channel do not collide. */
function preRelease(version: string, channel: string, { taken }: Tags): string {
  const numbers = taken.flatMap((tag): number[] => {
    const [name, number] = prerelease(tag.version) ?? [];
    const same = coreOf(tag.version) === version && String(name) === channel;
    return same && typeof number === "number" ? [number] : [];
  });
  return `${version}-${channel}.${Math.max(0, ...numbers) + 1}`;
}

function higher(version: string, other: string | undefined): string {
  return other === undefined ? version : ([version, other].sort(rcompare)[0] ?? version);
}

function coreOf(version: string): string {
  const { major, minor, patch } = parse(version) ?? { major: 0, minor: 0, patch: 0 };
  return `${major}.${minor}.${patch}`;
}
