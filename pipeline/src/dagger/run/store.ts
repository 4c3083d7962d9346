import { fail, ok, type Result } from "../../errors/problem.ts";
import type { Run } from "../../execute/run.ts";
import type { CacheVolume, Client, Directory } from "../client.ts";
import { execFailureOf } from "../failure.ts";

/** Where the runs of one application stand on this engine. */
export interface Store {
  readonly dag: Client;
  readonly image: string;
  readonly application: string;
}

const kept = 20;
const keep = `
cd /runs
rm -rf "$1.new"; cp -a /run "$1.new"; rm -rf "$1"; mv "$1.new" "$1"
echo "$1" >latest.new; mv latest.new latest
ls -1t | grep -vx latest | tail -n +${kept + 1} | while read -r old; do rm -rf "./$old"; done
`.trim();

/** Keeps a run's folder on the engine, so that \`report\` shows it later without running anything. */
export async function storeRun(store: Store, run: Run, folder: Directory): Promise<void> {
  await store.dag
    .container()
    .from(store.image)
    .withMountedCache("/runs", volumeOf(store))
    .withMountedDirectory("/run", folder)
    // Two calls with the same run id store two results.
    .withEnvVariable("GANTRY_ONCE", crypto.randomUUID())
    .withExec(["sh", "-euc", keep, "gantry", run.id])
    .sync();
}

const notFound = 44;
const show = `
id=\${1:-$(cat /runs/latest 2>/dev/null || true)}
[ -n "$id" ] && [ -d "/runs/$id" ] || exit ${notFound}
cp -a "/runs/$id/." /shown/
`.trim();

/** The folder of a run that was kept, the latest by default. */
export async function storedRun(store: Store, id: string): Promise<Result<Directory>> {
  const shown = store.dag
    .container()
    .from(store.image)
    .withMountedCache("/runs", volumeOf(store))
    .withMountedDirectory("/shown", store.dag.directory())
    .withEnvVariable("GANTRY_ONCE", crypto.randomUUID())
    .withExec(["sh", "-euc", show, "gantry", id]);
  try {
    await shown.sync();
    return ok(shown.directory("/shown"));
  } catch (error) {
    if (execFailureOf(error)?.exit !== notFound) throw error;
    return fail({
      code: "GANTRY-RUN-NOT-FOUND",
      message: id
        ? `this engine keeps no run \`${id}\` of ${store.application}`
        : `this engine keeps no run of ${store.application} yet`,
      mend: "call `ci` on this engine first; runs on another engine, or before its cache was cleared, are not here",
    });
  }
}

function volumeOf({ dag, application }: Store): CacheVolume {
  return dag.cacheVolume(`gantry-runs-${application}`);
}
