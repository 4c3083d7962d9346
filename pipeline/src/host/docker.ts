import { execa } from "execa";
import type { PlannedService } from "../plan/plan.ts";
import type { BuildImageStep } from "../plan/step.ts";
import { runProcess } from "./process.ts";

/** Docker's command line, as far as a pipeline needs it. */
export interface Docker {
  readonly version: string;
  readonly build: (request: BuildRequest) => Promise<number>;
  readonly start: (request: StartRequest) => Promise<StartedContainer>;
  /** A container by its name, whoever has started it. */
  readonly container: (name: string) => RunningContainer;
  readonly describeImage: (tag: string) => Promise<ImageFacts>;
  readonly removeImage: (tag: string) => Promise<void>;
}

export interface BuildRequest {
  readonly step: BuildImageStep;
  readonly tag: string;
  readonly directory: string;
  readonly commit: string;
  readonly signal: AbortSignal;
  readonly output: (chunk: string) => Promise<void>;
}

export interface StartRequest {
  readonly image: string;
  readonly name: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  /** What it is found by again: whose it is. */
  readonly labels: Readonly<Record<string, string>>;
}

export type StartedContainer =
  | { readonly ok: true; readonly port: number; readonly container: RunningContainer }
  | { readonly ok: false; readonly reason: string };

export interface RunningContainer {
  readonly id: string;
  /** Whether it still runs; else what it ended with. */
  readonly state: () => Promise<{ readonly running: boolean; readonly exit: number }>;
  readonly logs: (lines: number) => Promise<string>;
  /** Asks it to end, and ends it after so many seconds. */
  readonly stop: (seconds: number) => Promise<void>;
  readonly remove: () => Promise<void>;
}

export interface ImageFacts {
  readonly megabytes: number;
  readonly layers: readonly { readonly megabytes: number; readonly by: string }[];
}

/** Looks for a daemon; the reason in words where none answers. */
export async function findDocker(
  env: NodeJS.ProcessEnv,
): Promise<{ ok: true; docker: Docker } | { ok: false; reason: string }> {
  const args = ["version", "--format", "{{.Server.Version}}"];
  const result = await execa("docker", args, {
    reject: false,
    env,
    timeout: 10_000,
    stdin: "ignore",
  });
  if (result.code === "ENOENT") return { ok: false, reason: "Docker is not on this machine" };
  if (result.failed) return { ok: false, reason: "no Docker daemon answers on this machine" };
  return { ok: true, docker: createDocker(env, String(result.stdout).trim()) };
}

function createDocker(env: NodeJS.ProcessEnv, version: string): Docker {
  const call = async (...args: string[]): Promise<{ ok: boolean; text: string }> => {
    const result = await execa("docker", args, { reject: false, all: true, env, stdin: "ignore" });
    return { ok: !result.failed, text: String(result.all ?? result.shortMessage ?? "").trim() };
  };
  return {
    version,
    build: (request) => buildImage(request, env),
    start: (request) => startContainer(request, call),
    container: (name) => runningContainer(name, call),
    describeImage: (tag) => describeImage(tag, call),
    removeImage: async (tag) => {
      await call("image", "rm", "--force", tag);
    },
  };
}

type Call = (...args: string[]) => Promise<{ ok: boolean; text: string }>;

async function buildImage(request: BuildRequest, env: NodeJS.ProcessEnv): Promise<number> {
  const { step, tag, directory, commit } = request;
  const args = Object.entries(step.args).flatMap(([key, value]) => [
    "--build-arg",
    `${key}=${value}`,
  ]);
  const end = await runProcess({
    argv: [
      "docker",
      "build",
      "--file",
      step.dockerfile,
      "--tag",
      tag,
      "--label",
      `org.opencontainers.image.revision=${commit}`,
      ...(step.target ? ["--target", step.target] : []),
      ...args,
      "--",
      step.context,
    ],
    cwd: directory,
    env: Object.fromEntries(
      Object.entries(env).filter((e): e is [string, string] => e[1] !== undefined),
    ),
    signal: request.signal,
    output: request.output,
  });
  return end.exit;
}

async function startContainer(request: StartRequest, call: Call): Promise<StartedContainer> {
  const { image, name, port, env, labels } = request;
  const started = await call(
    "run",
    "--detach",
    "--name",
    name,
    ...Object.entries(labels).flatMap(([key, value]) => ["--label", `${key}=${value}`]),
    "--publish",
    `127.0.0.1:0:${port}`,
    ...Object.entries(env).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
    image,
  );
  const container = runningContainer(name, call);
  if (!started.ok) {
    await container.remove();
    return { ok: false, reason: started.text.split("\n").slice(-3).join(" ") };
  }
  const mapped = await call("port", name, `${port}/tcp`);
  const host = /:(\d+)$/m.exec(mapped.text)?.[1];
  if (host) return { ok: true, port: Number(host), container };
  const tail = await container.logs(20);
  await container.remove();
  return { ok: false, reason: `it ended at once: ${tail}` };
}

function runningContainer(name: string, call: Call): RunningContainer {
  return {
    id: name,
    async remove() {
      await call("rm", "--force", "--volumes", name);
    },
    async stop(seconds) {
      await call("stop", "--time", String(seconds), name);
    },
    logs: async (lines) => (await call("logs", "--tail", String(lines), name)).text,
    async state() {
      const format = "{{.State.Running}} {{.State.ExitCode}}";
      const { ok, text } = await call("inspect", "--format", format, name);
      const [running, exit] = text.split(" ");
      return { running: ok && running === "true", exit: Number(exit ?? -1) };
    },
  };
}

async function describeImage(tag: string, call: Call): Promise<ImageFacts> {
  const size = await call("image", "inspect", "--format", "{{.Size}}", tag);
  const history = await call(
    "history",
    "--no-trunc",
    "--human=false",
    "--format",
    "{{.Size}}\t{{.CreatedBy}}",
    tag,
  );
  const layers = history.text
    .split("\n")
    .map((line) => line.split("\t"))
    .map(([bytes, by]) => ({ megabytes: toMegabytes(Number(bytes)), by: (by ?? "").slice(0, 120) }))
    .filter(({ megabytes }) => megabytes > 0)
    .sort((a, b) => b.megabytes - a.megabytes);
  return { megabytes: toMegabytes(Number(size.text)), layers: layers.slice(0, 5) };
}

function toMegabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10;
}

/** Fills `{host}` and `{port}` into the variables that a service provides. */
export function provided(
  service: PlannedService,
  host: string,
  port: number,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service.provides).map(([key, value]) => [
      key,
      value.replaceAll("{host}", host).replaceAll("{port}", String(port)),
    ]),
  );
}
