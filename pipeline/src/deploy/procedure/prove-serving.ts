import { prove } from "../prove/prove.ts";
import { readStandings } from "../records/journal.ts";
import { knownAs, namesOf } from "../records/served.ts";
import { describe } from "./context.ts";
import { type Ended, type Facts, notRecorded, without } from "./end.ts";
import type { World } from "./world.ts";

/** The wanted version serves already: nothing is deployed, but it is asked whether it is well. */
export async function proveServing(world: World, facts: Facts): Promise<Ended> {
  const serving = await world.provider.serving();
  if (serving.kind !== "ok") return without("unknown", facts, describe(world, serving));
  if (!serving.value) return without("unknown", facts, "nothing serves");
  const standings = await readStandings(world.writer.store, 10);
  if (standings.kind !== "ok") return notRecorded(world, standings, facts);
  const served = knownAs(serving.value, standings.value);
  const url = facts.url ?? serving.value.url;
  if (!url) return without("unknown", facts, "nobody says where the service is reached");
  const { settings, ask, sleep, signal, tell } = world;
  const proof = await prove({
    ask,
    questions: { ...settings.questions, url },
    wanted: { deployments: namesOf(served), commit: served.commit },
    patience: settings.patience,
    sleep,
    signal,
    onSample: (sample, count) => tell({ type: "sample", sample, count }),
  });
  const end = { ...facts, url };
  switch (proof.kind) {
    case "proven":
      return {
        ...without("live", end, "it serves already; nothing was deployed"),
        serving: served,
      };
    case "stopped":
      return without("cancelled", end, "ended from outside");
    case "unreachable":
      return { ...without("unknown", end, proof.why), serving: served };
    case "gone":
      return { ...without("crashed", end, proof.why), serving: served };
    default:
      return { ...without(proof.kind, end, proof.why), serving: served };
  }
}
