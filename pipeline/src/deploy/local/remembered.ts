import { access } from "node:fs/promises";
import { type Answer, ok, refused } from "../../network/answer.ts";
import { loadState } from "./daemon/store.ts";
import { keptReleases } from "./daemon/versions/retention.ts";
import { type Places, releaseFolder } from "./places.ts";
import type { Deployment, State } from "./state.ts";

/** What is remembered of an environment where nothing runs, so that no daemon is needed to ask. */
export async function remembered(places: Places): Promise<Answer<State | undefined>> {
  const loaded = await loadState(places.state);
  return loaded.ok ? ok(loaded.state) : refused(loaded.reason);
}

export function rememberedOne(
  state: State | undefined,
  wanted: (deployment: Deployment) => boolean,
): Deployment | undefined {
  return state?.deployments.find(wanted);
}

export async function isKept(
  places: Places,
  state: State,
  { release, wasLive }: Deployment,
): Promise<boolean> {
  if (!wasLive || !keptReleases(state).has(release)) return false;
  return access(releaseFolder(places, release)).then(
    () => true,
    () => false,
  );
}
