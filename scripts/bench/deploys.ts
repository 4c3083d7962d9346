import { openSite } from "../../pipeline/test/deploy/both/site.ts";
import type { Row } from "./measure.ts";

const requestsAllowed = 60;
const waits = [20, 60, 140, 280];

/**
 * Deploys to the Railway stand-in, whose clock only moves when somebody waits: so the seconds are
 * those of the procedure, whatever this machine is doing. The tests that follow are left out.
 */
export async function deploys(): Promise<Row[]> {
  const measured = [];
  for (const seconds of waits) measured.push(await deployOnce(seconds));
  const beyond = Math.max(...measured.map((one) => one.beyond));
  const requests = Math.max(...measured.map((one) => one.requests));
  return [
    {
      what: `from 'serving and healthy' to the verdict, beyond the successes in a row (builds of ${waits.join(", ")} s, the worst)`,
      measured: `${beyond.toFixed(1)} s`,
      asked: `at most one polling interval (${deployingSeconds} s) + 1 s`,
      holds: beyond <= deployingSeconds + 1,
    },
    {
      what: "requests to Railway for a deploy of five minutes",
      measured: String(requests),
      asked: `under ${requestsAllowed}`,
      holds: requests < requestsAllowed,
    },
  ];
}

/** How often Railway is asked while a version starts. */
const deployingSeconds = 5;

/** In milliseconds of the stand-in's clock. */
const durations = {
  queued: 1000,
  initializing: 1000,
  starting: 2000,
  probeEvery: 1000,
  restart: 1000,
};

async function deployOnce(building: number) {
  const site = await openSite({ durations: { ...durations, building: building * 1000 } });
  try {
    const { intervalSeconds, consecutive } = site.run("bench").settings.patience;
    const end = await site.deploy(0);
    const served = site.railway.seeded.production.serving;
    if (end.verdict !== "live" || !served) throw new Error(`the deploy ended ${end.verdict}`);
    const { queued, initializing, starting } = durations;
    const healthy = served.createdAt + queued + initializing + building * 1000 + starting;
    const seconds = (site.railway.world.clock.now() - healthy) / 1000;
    return {
      beyond: seconds - (consecutive - 1) * intervalSeconds,
      requests: site.railway.requests.length,
    };
  } finally {
    await site.close();
  }
}
