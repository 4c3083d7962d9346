import type { Sighting } from "../provider.ts";
import type { Served } from "./entry.ts";
import { servingLine } from "./history.ts";
import type { Standing } from "./state.ts";

/** What serves, with what the record knows of it. */
export function knownAs({ id }: Sighting, standings: readonly Standing[]): Served {
  return findLast(id, standings)?.serving ?? { id };
}

/** Whether the record shows a proof of this very deployment. */
export function isProven(id: string, standings: readonly Standing[]): boolean {
  return servingLine(standings).some(({ serving, proven }) => proven && serving?.id === id);
}

/** By what a deployment may call itself: the provider's id, and the key that was baked in. */
export function namesOf({ id, key }: Served): readonly string[] {
  return key === undefined ? [id] : [id, key];
}

function findLast(id: string, standings: readonly Standing[]) {
  return servingLine(standings).findLast(({ serving }) => serving?.id === id);
}
