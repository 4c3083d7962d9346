import { stat } from "node:fs/promises";
import { execa } from "execa";

export interface ProcessRequest {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Aborted with the reason `timeout` for a time limit, anything else for a cancellation. */
  readonly signal: AbortSignal;
  /** Awaited: a slow reader slows the process, so that memory stays bounded. */
  readonly output: (chunk: string) => Promise<void>;
}

export interface ProcessEnd {
  readonly exit: number;
  readonly ended?: "timeout" | "cancelled" | "memory";
}

const patienceMilliseconds = 5000;
const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};

/**
 * Runs a command in a process group of its own and waits for its end. Whatever it leaves running
 * in the group ends with it; on a limit the group is asked to end, and killed if it does not.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessEnd> {
  const [program, ...args] = request.argv;
  const child = execa(program, args, {
    cwd: request.cwd,
    env: request.env,
    extendEnv: false,
    stdin: "ignore",
    all: true,
    buffer: false,
    reject: false,
    detached: true,
    encoding: "buffer",
    forceKillAfterDelay: false,
  });
  const stop = stopper(child.pid, request.signal);
  // The group's other members would hold the pipe open after the command itself has gone.
  child.nodeChildProcess.once("exit", () =>
    setTimeout(() => signalGroup(child.pid, "SIGKILL"), 100).unref(),
  );
  child.nodeChildProcess.once("exit", () => setTimeout(() => child.all?.destroy(), 2000).unref());
  await forward(child.all, request.output);
  const result = await child;
  stop();
  signalGroup(child.pid, "SIGKILL");
  if (child.pid === undefined) return notStarted(request, result);
  const exit = result.exitCode ?? 128 + (signalNumbers[result.signal ?? ""] ?? 0);
  if (request.signal.aborted) {
    return { exit, ended: request.signal.reason === "timeout" ? "timeout" : "cancelled" };
  }
  return exit === 137 ? { exit, ended: "memory" } : { exit };
}

/** As a shell says it: 127 where there is no such program, 126 where it cannot be run. */
async function notStarted(
  { argv, cwd, output }: ProcessRequest,
  { code, originalMessage }: { code?: string | undefined; originalMessage?: string | undefined },
): Promise<ProcessEnd> {
  const folder = await stat(cwd).catch(() => undefined);
  const why = !folder?.isDirectory()
    ? `cannot be run: there is no folder ${cwd}`
    : code === "ENOENT"
      ? "not found"
      : code === "EACCES"
        ? "not executable"
        : `cannot be run: ${originalMessage ?? code}`;
  await output(`${argv[0]}: ${why}\n`);
  return { exit: why === "not found" ? 127 : 126 };
}

async function forward(
  stream: AsyncIterable<Uint8Array> | undefined,
  output: ProcessRequest["output"],
): Promise<void> {
  const decoder = new TextDecoder("utf-8");
  try {
    for await (const chunk of stream ?? []) await output(decoder.decode(chunk, { stream: true }));
  } catch (error) {
    if (!isClosed(error)) throw error;
  }
  const rest = decoder.decode();
  if (rest !== "") await output(rest);
}

function isClosed(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? "";
  return code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ERR_STREAM_DESTROYED";
}

function stopper(pid: number | undefined, signal: AbortSignal): () => void {
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    signalGroup(pid, "SIGTERM");
    killTimer = setTimeout(() => signalGroup(pid, "SIGKILL"), patienceMilliseconds);
  };
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  return () => {
    clearTimeout(killTimer);
    signal.removeEventListener("abort", stop);
  };
}

/** Signals a whole process group; one that is gone already, or became another user's, is no error. */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
