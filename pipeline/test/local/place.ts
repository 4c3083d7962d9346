import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gantryHome } from "../../src/cli/home.ts";
import type { Config } from "../../src/config/config.ts";
import { loadConfig } from "../../src/config/load.ts";
import { takeDown } from "../../src/deploy/local/down.ts";
import { createLocalProvider } from "../../src/deploy/local/provider.ts";
import { type State, state as stateSchema } from "../../src/deploy/local/state.ts";
import { isSettled, type Provider, type Sighting } from "../../src/deploy/provider.ts";
import type { Answer } from "../../src/network/answer.ts";
import { withoutDocker } from "../e2e/scratch.ts";

export const environment = "production";

/** A repository in a temporary folder, with a daemon of its own that ends with it. */
export interface Place {
  readonly folder: string;
  readonly provider: (changes?: PlaceChanges) => Promise<Provider>;
  /** Sends one version and waits until nothing more happens by itself. */
  readonly deploy: (key: string, files: Files, changes?: PlaceChanges) => Promise<Sighting>;
  /** Sends a version and waits for nothing. */
  readonly send: (key: string, files: Files, changes?: PlaceChanges) => Promise<Answer<Sighting>>;
  /** What is asked at the environment's own address. */
  readonly get: (path: string) => Promise<Response>;
  readonly url: () => Promise<string>;
  /** What the state on the disk says. */
  readonly state: () => Promise<State>;
  readonly daemonPid: () => Promise<number>;
  /** Ends the daemon, and makes its state unreadable. */
  readonly damage: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export type Files = string | Readonly<Record<string, string>>;

export interface PlaceChanges {
  readonly url?: string;
  readonly wait?: string;
  readonly build?: string;
  /** The base image of containers; without it there is no Docker. */
  readonly docker?: string;
}

export async function createPlace(changes: PlaceChanges = {}): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "gantry local "));
  const provider = (more: PlaceChanges = {}): Promise<Provider> =>
    createLocalProvider({
      repository: folder,
      environment,
      config: configOf({ ...changes, ...more }),
      machine: {
        ...process.env,
        ...(!changes.docker && withoutDocker),
        RAILWAY_TOKEN: "a token of the deployer",
      },
      home: gantryHome(),
    });
  const send: Place["send"] = async (key, files, more) => {
    const root = await mkdtemp(join(tmpdir(), "gantry shipment "));
    try {
      return await (await provider(more)).send(await shipment(root, key, files));
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  };
  const readState = async (): Promise<State> =>
    stateSchema.parse(
      JSON.parse(
        await readFile(join(folder, `.gantry/environments/${environment}/state.json`), "utf8"),
      ),
    );
  const url = async (): Promise<string> => `http://127.0.0.1:${(await readState()).port}`;
  return {
    folder,
    provider,
    send,
    url,
    state: readState,
    deploy: async (key, files, more) =>
      settled(await provider(), answered(await send(key, files, more)).id),
    get: async (path) => fetch(`${await url()}${path}`),
    async daemonPid() {
      const file = join(folder, `.gantry/environments/${environment}/daemon.json`);
      return JSON.parse(await readFile(file, "utf8")).mark.pid;
    },
    async damage() {
      await takeDown({ repository: folder, environment, machine: process.env, purge: false });
      await writeFile(join(folder, `.gantry/environments/${environment}/state.json`), "{");
    },
    async remove() {
      await takeDown({ repository: folder, environment, machine: process.env, purge: true });
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A package without dependencies, so that installing it needs no network. */
export function configOf({ url, wait, build, docker }: PlaceChanges): Config {
  const written = {
    name: "tiny",
    components: {
      tiny: { path: ".", toolchain: "npm", start: "node app.cjs", ...(build && { build }) },
    },
    image: {
      health: "/health",
      env: { MODE: "image" },
      ...(docker && { args: { BASE: docker } }),
    },
    environments: {
      [environment]: {
        provider: "local",
        ...(url && { url }),
        wait: wait ?? "60s",
        variables: { MODE: "variables" },
      },
    },
  };
  const survey = {
    name: "tiny",
    files: ["package.json", "Dockerfile"],
    texts: new Map([["package.json", "{}"]]),
  };
  const loaded = loadConfig({ text: JSON.stringify(written), file: "gantry.yaml" }, survey);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

async function shipment(root: string, key: string, files: Files) {
  const all = {
    "package.json": '{ "name": "tiny", "version": "1.0.0", "private": true }\n',
    ...(typeof files === "string" ? { "app.cjs": files } : files),
  };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return { key, commit: `commit-of-${key}`, root, files: Object.keys(all), message: key };
}

export function answered<T>(answer: Answer<T>): T {
  if (answer.kind !== "ok") throw new Error(JSON.stringify(answer));
  return answer.value;
}

/** Follows a deployment until it is settled. */
export async function settled(provider: Provider, id: string): Promise<Sighting> {
  for (;;) {
    const { sighting } = answered(await provider.look(id));
    if (isSettled(sighting.phase)) return sighting;
    await sleep(50);
  }
}

/** Waits for something that the test's own time limit bounds. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await sleep(20);
}

/** Processes that carry the mark of a deployment, or whose command names the folder. */
export async function processesOf(place: Place, ids: readonly string[]): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environ = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
      const command = await readFile(`/proc/${pid}/cmdline`, "latin1").catch(() => "");
      const its = ids.some((id) => environ.includes(`GANTRY_RUN_ID=${id}\0`));
      return its || command.includes(place.folder) ? [Number(pid)] : [];
    }),
  );
  return found.flat().filter((pid) => pid !== process.pid);
}
