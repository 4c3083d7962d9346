import { type GithubStandIn, startGithub } from "../stand-ins/github/stand-in.ts";
import { runningClock } from "../stand-ins/railway/clock.ts";
import { type RailwayStandIn, startRailway } from "../stand-ins/railway/stand-in.ts";
import { makeIdentity, openDoor } from "./doors.ts";

/** Stand-ins for Railway and GitHub where an engine's containers reach them. */
export interface DeployPlace {
  readonly railway: RailwayStandIn;
  readonly github: GithubStandIn;
  /** What the config says of production, and of staging. */
  readonly environment: readonly string[];
  readonly staging: readonly string[];
  /** The authority that the config has to trust. */
  readonly certificate: string;
  /** Words of every call that acts. */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The address of the deployed service. */
  readonly url: string;
  /** Makes a commit known to GitHub, as a push does. */
  readonly push: (sha: string) => void;
  readonly close: () => Promise<void>;
}

export async function openDeployPlace(): Promise<DeployPlace> {
  const identity = makeIdentity();
  const durations = { queued: 200, initializing: 200, building: 1500, starting: 500 };
  const [railway, github] = await Promise.all([
    startRailway({
      clock: runningClock(1),
      durations: { ...durations, probeEvery: 300, restart: 300 },
    }),
    startGithub({ clock: runningClock(1) }),
  ]);
  const { project, production, staging } = railway.seeded;
  const doors = await Promise.all([
    openDoor(railway.address, identity),
    openDoor(github.address, identity),
    openDoor(railway.publicUrl(production)),
    openDoor(railway.publicUrl(staging)),
  ]);
  const [api, hub, app, trial] = doors.map(({ address }) => address) as [
    string,
    string,
    string,
    string,
  ];
  const service = [
    "provider: railway",
    `project: ${project.id}`,
    `service: ${production.serviceId}`,
  ];
  return {
    railway,
    github,
    url: app,
    certificate: identity.cert,
    environment: [...service, `environment: ${production.environmentId}`, `url: ${app}`],
    staging: [
      ...service,
      `environment: ${staging.environmentId}`,
      `url: ${trial}`,
      "token: RAILWAY_STAGING_TOKEN",
    ],
    words: [
      `--railway-url=${api}`,
      `--github-url=${hub}`,
      "--repository=octo/rose",
      "--actor=somebody",
      "--run-url=https://github.com/octo/rose/actions/runs/7",
      "--secrets=env:RAILWAY_TOKEN,env:RAILWAY_STAGING_TOKEN,env:GITHUB_TOKEN",
    ],
    env: {
      RAILWAY_TOKEN: railway.world.options.projectToken,
      RAILWAY_STAGING_TOKEN: railway.world.options.stagingToken,
      GITHUB_TOKEN: github.world.options.tokens.write,
    },
    push: (sha) => {
      const [first] = github.world.commits.values();
      if (first) github.world.commits.set(sha, { ...first, sha });
    },
    async close() {
      await Promise.all([railway.close(), github.close(), ...doors.map((door) => door.close())]);
    },
  };
}
