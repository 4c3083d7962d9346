import { readFile, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { exists } from "../../host/exists.ts";
import { type Answer, ok, refused } from "../../network/answer.ts";
import { askDaemon } from "./control/client.ts";
import { endWhatRuns } from "./daemon/adopt.ts";
import { type Lock, takeLock } from "./daemon/lock.ts";
import { daemonFile } from "./daemon/run-daemon.ts";
import { loadState, writeWhole } from "./daemon/store.ts";
import { isRunning } from "./daemon/versions/process-mark.ts";
import { removeImages } from "./daemon/versions/retention.ts";
import { type Places, placesOf } from "./places.ts";
import { isUnderWay, type State } from "./state.ts";

export interface DownRequest {
  readonly repository: string;
  readonly environment: string;
  readonly machine: NodeJS.ProcessEnv;
  /** Also takes away every release, log and record that lies here. */
  readonly purge: boolean;
}

/** What was found: nothing at all, only what lies on the disk, or something that ran. */
export type WentDown = "nothing-there" | "was-down" | "ended";

const patienceMilliseconds = 60_000;

/** Ends the daemon of an environment and everything that it runs, also where it has died. */
export async function takeDown(request: DownRequest): Promise<Answer<WentDown>> {
  const places = placesOf(request.repository, request.environment);
  if (!(await exists(places.folder))) return ok("nothing-there");
  const asked = await askToEnd(places);
  const lock = await waitForLock(places);
  if (!lock) return refused(`the daemon does not end; ${places.log} says more`);
  const left = await endLeftovers(places, request);
  if (request.purge) await forgetImages(places, request);
  lock.release();
  if (left.kind !== "ok") return left;
  if (request.purge) await rm(places.folder, { recursive: true, force: true, maxRetries: 3 });
  return ok(asked || left.value ? "ended" : "was-down");
}

/** Whether there was somebody to ask. One of another version understands this question too. */
async function askToEnd(places: Places): Promise<boolean> {
  const text = await readFile(places.daemon, "utf8").catch(() => "null");
  const parsed = daemonFile.safeParse(JSON.parse(text));
  if (!parsed.success || !isRunning(parsed.data.mark)) return false;
  await askDaemon(parsed.data.socket, "down", {});
  await untilEnded(() => isRunning(parsed.data.mark));
  // One that hangs is ended; what it ran is found in its state.
  if (isRunning(parsed.data.mark)) process.kill(parsed.data.mark.pid, "SIGKILL");
  return true;
}

async function waitForLock(places: Places): Promise<Lock | undefined> {
  let lock = takeLock(places.lock);
  await untilEnded(() => {
    lock ??= takeLock(places.lock);
    return lock === undefined;
  });
  return lock;
}

async function untilEnded(goesOn: () => boolean): Promise<void> {
  const end = performance.now() + patienceMilliseconds;
  while (goesOn() && performance.now() < end) await sleep(50);
}

/** Whether something had been left running by a daemon that died. */
async function endLeftovers(places: Places, request: DownRequest): Promise<Answer<boolean>> {
  await Promise.all([places.socket, places.daemon].map((file) => rm(file, { force: true })));
  const loaded = await loadState(places.state);
  if (!loaded.ok && !request.purge) return refused(loaded.reason);
  if (!loaded.ok || !loaded.state) return ok(false);
  const { state } = loaded;
  const left = state.deployments.some((one) => one.runs || one.phase === "live" || isUnderWay(one));
  if (!left) return ok(false);
  await endWhatRuns(places, state, request.machine);
  await writeWhole(places.state, ended(state));
  return ok(true);
}

async function forgetImages(places: Places, request: DownRequest): Promise<void> {
  const loaded = await loadState(places.state);
  if (loaded.ok) await removeImages(request, loaded.state?.deployments ?? []);
}

function ended({ serving: _serving, ...state }: State): State {
  return {
    ...state,
    deployments: state.deployments.map(({ runs: _runs, builder: _builder, ...one }) =>
      one.phase === "live" || isUnderWay(one)
        ? { ...one, phase: "removed", said: "ended with its environment" }
        : one,
    ),
  };
}
