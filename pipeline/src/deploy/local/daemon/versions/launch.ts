import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { findDocker } from "../../../../host/docker.ts";
import { stepEnvironment } from "../../../../host/environment.ts";
import { built, builtFile } from "../../build/build-order.ts";
import { filesOf, logFile, releaseFolder } from "../../places.ts";
import type { Deployment } from "../../state.ts";
import type { Site } from "../site.ts";
import { chooseFreePort } from "./ports.ts";
import { startContainer } from "./run-container.ts";
import { startProcess } from "./run-process.ts";
import type { Running } from "./running.ts";

export type Launched =
  | { readonly ok: true; readonly running: Running; readonly port: number }
  | { readonly ok: false; readonly reason: string };

/** Starts a version on a port of its own; it is known to the state before anything else happens. */
export async function launch(site: Site, deployment: Deployment): Promise<Launched> {
  const log = logFile(site.places, deployment.id, "deploy");
  await mkdir(dirname(log), { recursive: true });
  const launched =
    deployment.order.kind === "process"
      ? await launchProcess(site, deployment, log)
      : await launchContainer(site, deployment, log);
  if (launched.ok) site.running.set(deployment.id, launched.running);
  return launched;
}

async function launchProcess(site: Site, deployment: Deployment, log: string): Promise<Launched> {
  const { id, order, release } = deployment;
  if (order.kind !== "process") throw new Error("not a process");
  const path = await builtPath(site, release);
  if (!path) return { ok: false, reason: "its build is gone" };
  const port = await chooseFreePort();
  const environment = await machineEnvironment(site, { id, caches: order.caches, path });
  const { running, mark } = startProcess({
    id,
    argv: order.argv,
    cwd: join(filesOf(site.places, release), order.directory),
    env: {
      ...environment,
      ...order.env,
      ...ownVariables(deployment),
      HOST: "127.0.0.1",
      PORT: `${port}`,
    },
    log,
  });
  await site.store.set(id, { port, runs: mark && { kind: "process", ...mark } });
  return { ok: true, running, port };
}

async function launchContainer(site: Site, deployment: Deployment, log: string): Promise<Launched> {
  const { id, key, order } = deployment;
  if (order.kind !== "container") throw new Error("not a container");
  const found = await findDocker(site.machine);
  if (!found.ok) return found;
  const started = await startContainer({
    docker: found.docker,
    environment: site.environment,
    id,
    key,
    image: order.image,
    port: order.port,
    env: { ...order.env, ...ownVariables(deployment), PORT: String(order.port) },
    log,
  });
  if (!started.ok) return started;
  const { name, port, running } = started;
  await site.store.set(id, { port, runs: { kind: "container", name } });
  return { ok: true, running, port };
}

/** What a version is told about itself, so that it can say who it is. */
function ownVariables({ id, commit }: Deployment): Record<string, string> {
  return { GANTRY_COMMIT: commit, GANTRY_DEPLOYMENT_ID: id };
}

/** Folders of programs that the build has found; none where there is no finished build. */
async function builtPath(site: Site, release: string): Promise<readonly string[] | undefined> {
  const file = join(releaseFolder(site.places, release), builtFile);
  const text = await readFile(file, "utf8").catch(() => undefined);
  const parsed = text === undefined ? undefined : built.safeParse(JSON.parse(text));
  return parsed?.data?.ok ? parsed.data.path : undefined;
}

interface Wants {
  readonly id: string;
  readonly caches: string;
  readonly path: readonly string[];
}

/** The same allow-list as for a step, but for what only says that a pipeline runs. */
async function machineEnvironment(site: Site, wants: Wants): Promise<Record<string, string>> {
  const home = join(site.places.work, "home");
  const temporary = join(site.places.work, "tmp");
  await Promise.all([home, temporary].map((folder) => mkdir(folder, { recursive: true })));
  const { id, caches, path } = wants;
  const ceiling = site.places.folder;
  const request = { home, temporary, caches, path, runId: id, ceiling };
  const { CI: _ci, ...environment } = stepEnvironment(site.machine, request);
  return environment;
}

/** Says something in a version's log that is not its own word. */
export async function note(site: Site, id: string, text: string): Promise<void> {
  const file = logFile(site.places, id, "deploy");
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `gantry: ${text}\n`);
}
