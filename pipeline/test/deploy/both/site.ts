import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deploy, type Wanted } from "../../../src/deploy/procedure/deploy.ts";
import type { Ended } from "../../../src/deploy/procedure/end.ts";
import type { News, Settings, TestsEnd, World } from "../../../src/deploy/procedure/world.ts";
import {
  createRailwayProvider,
  type RailwayRequest,
} from "../../../src/deploy/railway/provider.ts";
import { wantedService } from "../../../src/deploy/railway/wanted.ts";
import { createGithubStore } from "../../../src/deploy/records/github-store.ts";
import type { RecordStore } from "../../../src/deploy/records/store.ts";
import { fetchAnswer } from "../../../src/host/probe.ts";
import type { Limits } from "../../../src/network/network.ts";
import { connectTo as connectToGithub } from "../../github/connect.ts";
import { connectTo as connectToRailway } from "../../railway/connect.ts";
import { type GithubStandIn, startGithub } from "../../stand-ins/github/stand-in.ts";
import { commitTo } from "../../stand-ins/github/world/git.ts";
import { handClock } from "../../stand-ins/railway/clock.ts";
import { type RailwayStandIn, type Start, startRailway } from "../../stand-ins/railway/stand-in.ts";
import { type Schedule, withFaults } from "../simulated/faults.ts";
import { settings } from "../simulated/world.ts";

/** Railway and GitHub with one clock between them, and runs that come and go. */
export interface Site {
  readonly railway: RailwayStandIn;
  readonly github: GithubStandIn;
  /** Two commits that GitHub knows. */
  readonly commits: readonly [string, string];
  readonly store: RecordStore;
  readonly advance: (seconds: number) => Promise<void>;
  /** The world of one run, under a name of its own. */
  readonly run: (owner: string, given?: Given) => Run;
  /** Deploys to the end: one run. */
  readonly deploy: (which: 0 | 1, given?: Given & Partial<Wanted>) => Promise<Ended>;
  readonly close: () => Promise<void>;
}

export type Run = World & { readonly news: News[] };

export interface Given {
  readonly owner?: string;
  readonly settings?: Partial<Settings>;
  readonly wanted?: Parameters<typeof wantedService>[0];
  readonly variables?: RailwayRequest["variables"];
  readonly limits?: Partial<Limits>;
  readonly githubToken?: string;
  readonly railwayToken?: string;
  /** Where Railway's API is looked for; absent: where it is. */
  readonly railwayAddress?: string;
  /** Kills the run at a call, as its name says. */
  readonly schedule?: Schedule;
  /** Absent: there are no tests. */
  readonly tests?: TestsEnd;
  /** Bounds a question in real time, where the five seconds of the product are too long. */
  readonly askMilliseconds?: number;
  readonly signal?: AbortSignal;
  /** Called before each wait of the procedure, with its number. */
  readonly onSleep?: (count: number) => Promise<void> | void;
}

export async function openSite(options: Start = {}): Promise<Site> {
  const clock = handClock();
  const railway = await startRailway({ clock, ...options });
  const github = await startGithub({ clock });
  const folder = await mkdtemp(join(tmpdir(), "gantry site "));
  await writeFile(join(folder, "app.txt"), "the application\n");
  const commit = () => commitTo(github.world, "main", { message: "feat: more" }).sha;
  const commits = [commit(), commit()] as const;
  // One wait after the other: two runs share the clock, which must not go back.
  let turn = Promise.resolve();
  const advance = (seconds: number): Promise<void> => {
    turn = turn.then(() => clock.advance(Math.ceil(seconds * 1000)));
    return turn;
  };
  const connected = { sleep: advance, now: clock.now };
  const place: Place = { railway, github, folder, connected };
  const site: Site = {
    railway,
    github,
    commits,
    store: createGithubStore(connectToGithub(github, connected), "production"),
    advance,
    run: (owner, given = {}) => createRun(place, owner, given),
    async deploy(which, { owner = `run ${which}`, ...given } = {}) {
      const wanted: Wanted = {
        kind: "deploy",
        commit: commits[which],
        actor: "ada",
        again: given.again ?? false,
        waitSeconds: given.waitSeconds ?? 0,
        ...(given.back && { back: given.back }),
      };
      const end = await deploy(createRun(place, owner, given), wanted);
      if (end.kind !== "ended") throw new Error("the tests are given");
      return end;
    },
    async close() {
      await railway.close();
      await rm(folder, { recursive: true, force: true });
      await github.close();
    },
  };
  return site;
}

interface Place extends Pick<Site, "railway" | "github"> {
  readonly folder: string;
  readonly connected: {
    readonly sleep: (seconds: number) => Promise<void>;
    readonly now: () => number;
  };
}

const calm: Schedule = { strike: () => undefined };

function createRun(
  { railway, github, folder, connected }: Place,
  owner: string,
  given: Given,
): Run {
  const { limits = {}, schedule = calm, askMilliseconds = 20_000 } = given;
  const token = given.githubToken ?? github.world.options.tokens.write;
  const news: News[] = [];
  let sleeps = 0;
  const provider = createRailwayProvider({
    connection: connectToRailway(railway, {
      ...connected,
      limits,
      ...(given.railwayAddress && { address: given.railwayAddress }),
      ...(given.railwayToken && {
        token: { kind: "project", name: "RAILWAY_TOKEN", value: () => given.railwayToken ?? "" },
      }),
    }),
    target: { environment: "production" },
    wanted: wantedService(given.wanted ?? {}),
    variables: given.variables ?? {},
  });
  const store = createGithubStore(
    connectToGithub(github, { ...connected, limits, token: () => token }),
    "production",
  );
  return {
    news,
    provider: withFaults(provider, "provider", schedule),
    writer: { store: withFaults(store, "store", schedule), owner, now: connected.now },
    settings: { ...settingsOf(railway), tests: given.tests !== undefined, ...given.settings },
    ask: (base, expected) => fetchAnswer(base, expected, AbortSignal.timeout(askMilliseconds)),
    async sleep(seconds, signal) {
      sleeps += 1;
      await given.onSleep?.(sleeps);
      if (!signal?.aborted) await connected.sleep(seconds);
    },
    files: async () => ({ ok: true, value: { root: folder, files: ["app.txt"] } }),
    tests: async () => given.tests ?? { kind: "passed" },
    signal: given.signal ?? new AbortController().signal,
    tell: (item) => news.push(item),
  };
}

function settingsOf(railway: RailwayStandIn): Settings {
  return {
    ...settings,
    url: railway.publicUrl(railway.seeded.production),
    patience: { attempts: 5, intervalSeconds: 5, consecutive: 3 },
    tests: false,
  };
}
