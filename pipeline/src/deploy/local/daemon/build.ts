import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Built, built, builtFile } from "../build/build-order.ts";
import type { BuildTask } from "../build/build-release.ts";
import { logFile, releaseFolder } from "../places.ts";
import type { Deployment } from "../state.ts";
import type { Site } from "./site.ts";
import { adoptProcess, startProcess } from "./versions/run-process.ts";

/** Builds a release, or waits for who already builds it; answers why it could not be built. */
export async function build(
  site: Site,
  deployment: Deployment,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { id, release } = deployment;
  const before = await readBuilt(site, release);
  if (before) return reasonOf(before);
  const builder = deployment.builder
    ? adoptProcess(id, deployment.builder)
    : await startBuilder(site, deployment);
  const stop = (): void => void builder?.end();
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  await builder?.ended;
  signal.removeEventListener("abort", stop);
  await site.store.set(id, { builder: undefined });
  const after = await readBuilt(site, release);
  return after ? reasonOf(after) : "abandoned: the build was ended before it was done";
}

async function startBuilder(site: Site, { id, release }: Deployment) {
  const log = logFile(site.places, id, "build");
  await mkdir(dirname(log), { recursive: true });
  const folder = releaseFolder(site.places, release);
  const task: BuildTask = { id, release: folder, work: site.places.work };
  const [node, ...args] = site.program;
  const { running, mark } = startProcess({
    id,
    argv: [node, ...args, "build", JSON.stringify(task)],
    cwd: folder,
    env: { ...definedOf(site.machine), GANTRY_RUN_ID: id },
    log,
  });
  await site.store.set(id, { phase: "building", said: "building", builder: mark });
  return running;
}

async function readBuilt(site: Site, release: string): Promise<Built | undefined> {
  const file = join(releaseFolder(site.places, release), builtFile);
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : built.parse(JSON.parse(text));
}

function reasonOf(result: Built): string | undefined {
  return result.ok ? undefined : result.reason;
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
