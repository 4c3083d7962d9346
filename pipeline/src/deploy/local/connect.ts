import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { makeGantryFolder } from "../../host/gantry-folder.ts";
import { type Answer, ok, refused } from "../../network/answer.ts";
import { askDaemon } from "./control/client.ts";
import { type Answers, controlVersion } from "./control/forms.ts";
import { type DaemonTask, daemonFile, type StartWord, startWord } from "./daemon/run-daemon.ts";
import { loadState } from "./daemon/store.ts";
import { isRunning } from "./daemon/versions/process-mark.ts";
import { daemonEnvironment } from "./daemon-environment.ts";
import { type Places, placesOf } from "./places.ts";
import { isUnderWay } from "./state.ts";

export interface ConnectRequest extends DaemonTask {
  readonly machine: NodeJS.ProcessEnv;
  /** Gantry's folder for tools and caches. */
  readonly home: string;
  /** The program that is the daemon: Node and what it runs. */
  readonly program?: readonly [string, ...string[]];
}

export interface Connection {
  readonly socket: string;
  readonly status: Answers<"status">;
}

const patienceMilliseconds = 30_000;

/** The running daemon of an environment, or nothing where none answers. */
export async function connect(places: Places): Promise<Answer<Connection | undefined>> {
  const socket = await socketOf(places);
  if (socket === undefined) return ok(undefined);
  const status = await askDaemon(socket, "status", {});
  if (status.kind === "lost" && !status.reached) return ok(undefined);
  if (status.kind !== "ok") return status;
  if (status.value.version === controlVersion) return ok({ socket, status: status.value });
  return refused(
    `another version of Gantry watches over ${status.value.environment}: ` +
      `end it with \`gantry down --env ${status.value.environment}\``,
  );
}

/** The same, started again where one has died and left something running; else nothing. */
export async function connectIfAlive(
  request: ConnectRequest,
): Promise<Answer<Connection | undefined>> {
  const places = placesOf(request.repository, request.environment);
  const connected = await connect(places);
  if (connected.kind !== "ok" || connected.value) return connected;
  const loaded = await loadState(places.state);
  if (!loaded.ok) return refused(damaged(loaded.reason, request));
  const left = loaded.state?.deployments.some((one) => one.runs || isUnderWay(one));
  return left ? ensureDaemon(request) : ok(undefined);
}

/** The daemon of an environment, started where there is none. */
export async function ensureDaemon(request: ConnectRequest): Promise<Answer<Connection>> {
  const places = placesOf(request.repository, request.environment);
  const end = performance.now() + patienceMilliseconds;
  for (;;) {
    const connected = await connect(places);
    if (connected.kind !== "ok") return connected;
    if (connected.value) return ok(connected.value);
    const word = await startDaemon(request, places);
    if (word.kind === "refused") return refused(damaged(word.reason, request));
    // Somebody else's has just begun, or is about to end.
    if (word.kind === "already-running") await sleep(100);
    if (performance.now() > end) return refused(`no daemon answers; ${places.log} says more`);
  }
}

function damaged(reason: string, { environment }: DaemonTask): string {
  return reason.includes("is damaged")
    ? `${reason}: \`gantry down --env ${environment} --purge\` begins anew`
    : reason;
}

async function socketOf(places: Places): Promise<string | undefined> {
  const text = await readFile(places.daemon, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = daemonFile.safeParse(JSON.parse(text));
  return parsed.success && isRunning(parsed.data.mark) ? parsed.data.socket : undefined;
}

async function startDaemon(request: ConnectRequest, places: Places): Promise<StartWord> {
  await makeGantryFolder(request.repository);
  await mkdir(places.folder, { recursive: true, mode: 0o700 });
  const { repository, environment, port } = request;
  const task: DaemonTask = { repository, environment, ...(port !== undefined && { port }) };
  const [node, ...args] = request.program ?? ownProgram();
  const log = openSync(places.log, "a", 0o600);
  const child = spawn(node, [...args, "daemon", JSON.stringify(task)], {
    cwd: places.folder,
    env: daemonEnvironment(request.machine, join(request.home, "compile-cache")),
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const word = await firstWord(child);
  if (child.connected) child.disconnect();
  child.unref();
  return word.kind === "ended"
    ? { kind: "refused", reason: `the daemon could not begin; ${places.log} says why` }
    : word;
}

/** Gantry's own Node on Gantry's own source. */
function ownProgram(): readonly [string, ...string[]] {
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  return [process.execPath, "--disable-warning=ExperimentalWarning", main];
}

function firstWord(child: ChildProcess): Promise<StartWord | { readonly kind: "ended" }> {
  return new Promise((resolve) => {
    child.once("message", (message) => {
      const parsed = startWord.safeParse(message);
      resolve(parsed.success ? parsed.data : { kind: "ended" });
    });
    child.once("exit", () => resolve({ kind: "ended" }));
    child.once("error", () => resolve({ kind: "ended" }));
  });
}
