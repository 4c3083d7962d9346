import { type Answer, mapOk, ok, thenOk } from "../../network/answer.ts";
import type { Difference } from "../provider.ts";
import {
  applySettings,
  type Connection,
  compareSettings,
  compareVariables,
  compareVolumes,
  createVolume,
  readSettings,
  readVariables,
  readVolumes,
  setVariables,
  type Target,
} from "./client/index.ts";
import type { WantedService } from "./wanted.ts";

/** One service, and what the config wants of it. */
export interface Kept {
  readonly connection: Connection;
  readonly target: Target;
  readonly wanted: WantedService;
  readonly variables: Readonly<Record<string, string>>;
}

/** What differs from the config; looks only. Values of variables are not shown. */
export async function findDrift(kept: Kept): Promise<Answer<readonly Difference[]>> {
  const { connection, target, wanted, variables } = kept;
  return all([
    wantsAny(wanted.settings)
      ? mapOk(await readSettings(connection, target), (now) =>
          compareSettings(wanted.settings, now),
        )
      : ok([]),
    wantsAny(variables)
      ? mapOk(await readVariables(connection, target), (now) => compareVariables(variables, now))
      : ok([]),
    wanted.volumes.length > 0
      ? mapOk(await readVolumes(connection, target), (now) => compareVolumes(wanted.volumes, now))
      : ok([]),
  ]);
}

/** Mends what differs, and only that; the answer is what still does. */
export async function mendDrift(kept: Kept): Promise<Answer<readonly Difference[]>> {
  const { connection, target, wanted } = kept;
  return thenOk(await findDrift(kept), async (drift) => {
    if (drift.length === 0) return ok([]);
    const settings = await applySettings(connection, target, wanted.settings);
    if (settings.kind !== "ok") return settings;
    for (const { path } of drift.filter(({ path: name }) => name.startsWith("volumes."))) {
      const made = await createVolume(connection, target, path.slice("volumes.".length));
      if (made.kind !== "ok") return made;
    }
    const set = await setDrifted(kept, drift);
    return set.kind === "ok" ? findDrift(kept) : set;
  });
}

async function setDrifted(
  { connection, target, variables }: Kept,
  drift: readonly Difference[],
): Promise<Answer<true>> {
  const names = new Set(drift.map(({ path }) => path));
  const values = Object.entries(variables).filter(([name]) => names.has(`variables.${name}`));
  if (values.length === 0) return ok(true);
  return setVariables(connection, target, Object.fromEntries(values));
}

function wantsAny(wanted: object): boolean {
  return Object.keys(wanted).length > 0;
}

function all(parts: readonly Answer<readonly Difference[]>[]): Answer<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const part of parts) {
    if (part.kind !== "ok") return part;
    differences.push(...part.value);
  }
  return ok(differences);
}
