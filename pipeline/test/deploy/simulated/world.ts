import type { News, Settings, World } from "../../../src/deploy/procedure/world.ts";
import { usualFields } from "../../../src/deploy/prove/identity.ts";
import type { RecordStore } from "../../../src/deploy/records/store.ts";
import type { Behaviour } from "./behaviour.ts";
import { type Clock, createClock } from "./clock.ts";
import { type Schedule, withFaults } from "./faults.ts";
import { type SimulatedProvider, simulateProvider } from "./provider.ts";
import { simulateStore } from "./store.ts";

/** A place, its record and its clock; runs come and go. */
export interface Simulation {
  readonly clock: Clock;
  readonly place: SimulatedProvider;
  readonly store: RecordStore;
  /** How the tests that follow a deploy end. */
  tests: Behaviour["tests"];
  /** A run of its own name, struck by what the schedule says. */
  readonly run: (owner: string, given?: RunOptions) => World & { readonly news: News[] };
}

interface RunOptions {
  readonly schedule?: Schedule;
  readonly settings?: Partial<Settings>;
  readonly signal?: AbortSignal;
}

export const settings: Settings = {
  environment: "production",
  url: "http://sim",
  waitSeconds: 300,
  leaseSeconds: 600,
  questions: {
    health: { path: "/api/health", method: "GET", status: 200 },
    endpoints: [],
    identity: usualFields,
  },
  patience: { attempts: 10, intervalSeconds: 5, consecutive: 3 },
  tests: true,
};

const calm: Schedule = { strike: () => undefined };

export function simulate(): Simulation {
  const clock = createClock();
  const place = simulateProvider(clock);
  const store = simulateStore();
  const simulation: Simulation = {
    clock,
    place,
    store,
    tests: undefined,
    run(owner, { schedule = calm, settings: own, signal } = {}) {
      const news: News[] = [];
      return {
        news,
        provider: withFaults(place.provider, "provider", schedule),
        writer: { store: withFaults(store, "store", schedule), owner, now: clock.now },
        settings: { ...settings, ...own },
        ask: place.ask,
        sleep: clock.sleep,
        files: async () => ({ ok: true, value: { root: "/", files: [] } }),
        tests: async () => {
          clock.pass(8);
          if (simulation.tests === "fail") return { kind: "failed", why: "1 test failed" };
          if (simulation.tests === "not-run") return { kind: "not-run", why: "no Python here" };
          return { kind: "passed" };
        },
        signal: signal ?? new AbortController().signal,
        tell: (item) => news.push(item),
      };
    },
  };
  return simulation;
}

export const wanted = {
  kind: "deploy",
  actor: "ada",
  again: false,
  waitSeconds: 0,
} as const;

export function commit(digit: number): string {
  return String(digit).repeat(40);
}
