import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import type { Docker, RunningContainer } from "../../../../host/docker.ts";
import { endRunningProcesses } from "../../../../host/executor/leftovers.ts";
import { type Ending, graceMilliseconds, type Running, settling, watched } from "./running.ts";

export interface ContainerStart {
  readonly docker: Docker;
  readonly environment: string;
  readonly id: string;
  readonly key: string;
  readonly image: string;
  /** The port inside. */
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
}

export type StartedContainer =
  | { readonly ok: true; readonly running: Running; readonly name: string; readonly port: number }
  | { readonly ok: false; readonly reason: string };

/** Starts a container that is known by its environment and key. */
export async function startContainer(start: ContainerStart): Promise<StartedContainer> {
  const { docker, environment, id, key, image, port, env, log } = start;
  const name = containerName(environment, id);
  await docker.container(name).remove();
  const started = await docker.start({
    image,
    name,
    port,
    env,
    labels: { "gantry.environment": environment, "gantry.key": key },
  });
  if (!started.ok) return { ok: false, reason: `the container did not start: ${started.reason}` };
  return {
    ok: true,
    name,
    port: started.port,
    running: await runningContainer(started.container, log),
  };
}

/** Takes over a container that another daemon has started; nothing where it has ended. */
export async function adoptContainer(
  docker: Docker,
  name: string,
  log: string,
): Promise<Running | undefined> {
  const container = docker.container(name);
  return (await container.state()).running ? runningContainer(container, log) : undefined;
}

export function containerName(environment: string, id: string): string {
  return `gantry-local-${environment}-${id}`.toLowerCase();
}

async function runningContainer(container: RunningContainer, log: string): Promise<Running> {
  await followLogs(container.id, log);
  const look = async (): Promise<Ending | undefined> => {
    const { running, exit } = await container.state();
    return running ? undefined : { why: `the container ended with exit code ${exit}`, exit };
  };
  return {
    ...settling(watched(look, 1000)),
    async end() {
      await container.stop(graceMilliseconds / 1000);
      await container.remove();
    },
  };
}

/** From its first line: after a change of daemons the file is what the container has said. */
async function followLogs(name: string, log: string): Promise<void> {
  // Whoever follows for a daemon that was killed still does.
  const mark = `logs-${name}`;
  await endRunningProcesses(mark);
  await writeFile(log, "");
  const file = openSync(log, "a");
  const child = spawn("docker", ["logs", "--follow", name], {
    stdio: ["ignore", file, file],
    env: { ...process.env, GANTRY_RUN_ID: mark },
  });
  closeSync(file);
  child.on("error", (error) => console.error(`following ${name}: ${error.message}`));
  child.unref();
}
