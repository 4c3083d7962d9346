import { open, readFile, rename } from "node:fs/promises";
import { type Deployment, type State, state as stateSchema } from "../state.ts";

/** The environment's state: what is read is what was changed last, what is on the disk is whole. */
export interface Store {
  readonly state: () => State;
  readonly find: (id: string) => Deployment | undefined;
  /** Holds at once; settles when it is on the disk. */
  readonly change: (change: (state: State) => State) => Promise<void>;
  /** Changes some facts of a deployment; `undefined` takes one away. */
  readonly set: (id: string, facts: Facts) => Promise<void>;
  /** Settles when what holds now is on the disk. */
  readonly written: () => Promise<void>;
  /** Nothing is written from now on: where it lay may be somebody else's by now. */
  readonly forsake: () => void;
}

export type Facts = { readonly [K in keyof Deployment]?: Deployment[K] | undefined };

export type LoadedState =
  | { readonly ok: true; readonly state: State | undefined }
  | { readonly ok: false; readonly reason: string };

export async function loadState(file: string): Promise<LoadedState> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { ok: true, state: undefined };
    throw error;
  }
  try {
    return { ok: true, state: stateSchema.parse(JSON.parse(text)) };
  } catch {
    return { ok: false, reason: `${file} is damaged, or was written by another Gantry` };
  }
}

export function createStore(file: string, first: State): Store {
  let current = first;
  let written: Promise<void> = Promise.resolve();
  let forsaken = false;
  const write = async (): Promise<void> => {
    if (!forsaken) await writeWhole(file, current);
  };
  const change = (by: (state: State) => State): Promise<void> => {
    current = by(current);
    // One write after the other, each of what is current when its turn comes.
    written = written.catch(() => undefined).then(write);
    return written;
  };
  return {
    state: () => current,
    find: (id) => current.deployments.find((deployment) => deployment.id === id),
    change,
    written: () => written,
    forsake() {
      forsaken = true;
    },
    set: (id, facts) =>
      change((state) => ({
        ...state,
        deployments: state.deployments.map((one) => (one.id === id ? changed(one, facts) : one)),
      })),
  };
}

function changed(deployment: Deployment, facts: Facts): Deployment {
  const entries = Object.entries({ ...deployment, ...facts });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Deployment;
}

/** Written beside it and put in place by a rename, which happens as a whole or not at all. */
export async function writeWhole(file: string, value: unknown): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  const handle = await open(beside, "w", 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
}
