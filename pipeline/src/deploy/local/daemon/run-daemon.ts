import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { controlVersion } from "../control/forms.ts";
import { openControl } from "../control/server.ts";
import { logFile, type Places, placesOf } from "../places.ts";
import { type EnvironmentProxy, openProxy } from "../proxy/proxy.ts";
import { processMark, type State, stateVersion } from "../state.ts";
import { adopt } from "./adopt.ts";
import { endWithFolder } from "./end-with-folder.ts";
import { createHandlers } from "./handlers.ts";
import { type Lock, takeLock } from "./lock.ts";
import type { Site } from "./site.ts";
import { createStore, loadState, writeWhole } from "./store.ts";
import { createSupervisor } from "./supervisor.ts";
import { rotateLog } from "./versions/log-files.ts";
import { chooseFreePort } from "./versions/ports.ts";
import { markOf } from "./versions/process-mark.ts";

export const daemonTask = z.strictObject({
  repository: z.string(),
  environment: z.string(),
  port: z.int().positive().optional().describe("The port that the config asks for."),
});

/** Who watches over an environment, as it is written beside its state. */
export const daemonFile = z.strictObject({
  version: z.number(),
  mark: processMark,
  socket: z.string(),
});

/** What a starting daemon tells whoever has started it. */
export const startWord = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  z.strictObject({ kind: z.literal("already-running") }),
  z.strictObject({ kind: z.literal("refused"), reason: z.string() }),
]);

export type DaemonTask = z.infer<typeof daemonTask>;
export type StartWord = z.infer<typeof startWord>;

/** Watches over one environment until it is asked to end. */
export async function runDaemon(task: DaemonTask): Promise<void> {
  const places = placesOf(task.repository, task.environment);
  await mkdir(places.folder, { recursive: true, mode: 0o700 });
  // Build tools that heed .gitignore would otherwise find every file of a version ignored.
  await writeFile(join(places.folder, ".gitignore"), "!*\n");
  const lock = takeLock(places.lock);
  if (!lock) return tell({ kind: "already-running" });
  const word = await start(task, places, lock);
  if (word.kind === "refused") lock.release();
  tell(word);
}

async function start(task: DaemonTask, places: Places, lock: Lock): Promise<StartWord> {
  const loaded = await loadState(places.state);
  if (!loaded.ok) return { kind: "refused", reason: loaded.reason };
  const port = task.port ?? loaded.state?.port ?? (await chooseFreePort());
  const opened = await openProxy(port);
  if (!opened.ok) return { kind: "refused", reason: opened.reason };
  const first = { ...(loaded.state ?? emptyState(task.environment, port)), port };
  await watch(createSite(task, places, { first, proxy: opened.proxy }), lock);
  return { kind: "ready" };
}

function emptyState(environment: string, port: number): State {
  return { version: stateVersion, environment, port, deployments: [] };
}

function createSite(
  { environment }: DaemonTask,
  places: Places,
  { first, proxy }: { readonly first: State; readonly proxy: EnvironmentProxy },
): Site {
  return {
    environment,
    places,
    store: createStore(places.state, first),
    proxy,
    machine: process.env,
    program: [process.execPath, ...process.execArgv, process.argv[1] ?? ""],
    running: new Map(),
    target: undefined,
    endings: new Set(),
    now: () => new Date(),
  };
}

/** Takes over what runs, and listens. */
async function watch(site: Site, lock: Lock): Promise<void> {
  const { places, store } = site;
  await store.change((state) => state);
  await adopt(site);
  const supervisor = createSupervisor(site);
  const end = async (): Promise<void> => {
    await supervisor.end();
    await Promise.all([control.close(), site.proxy.close()]);
    await store.change((state) => state);
    await rm(places.daemon, { force: true });
    lock.release();
    clearInterval(rotation);
    // Nothing should be left to wait for; if there is, it does not keep a daemon without its lock.
    setTimeout(() => process.exit(), 2000).unref();
  };
  const control = await openControl(
    places.socket,
    createHandlers(site, supervisor, () => void end()),
  );
  const rotation = setInterval(() => void rotate(site), 5000);
  await endWithFolder(places.folder, async () => {
    store.forsake();
    await supervisor.end();
  });
  process.on("SIGTERM", () => void end());
  // It belongs to no terminal; who closes one ends nothing here.
  process.on("SIGHUP", () => undefined);
  const mark = markOf(process.pid);
  await writeWhole(places.daemon, { version: controlVersion, mark, socket: places.socket });
  supervisor.goOn();
}

async function rotate({ places, store, running }: Site): Promise<void> {
  await rotateLog(places.log);
  for (const { id } of store.state().deployments) {
    if (running.has(id)) await rotateLog(logFile(places, id, "deploy"));
    await rotateLog(logFile(places, id, "build"));
  }
}

function tell(word: StartWord): void {
  if (!process.connected) return;
  process.send?.(word, () => process.disconnect());
}
