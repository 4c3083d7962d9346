import type { ReleaseSettings } from "../settings.ts";

/** The name of the pre-releases that a branch makes; none where it makes releases or nothing. */
export function channelOf(
  branch: string | undefined,
  { channels }: Pick<ReleaseSettings, "channels">,
): string | undefined {
  return branch !== undefined && Object.hasOwn(channels, branch) ? channels[branch] : undefined;
}
