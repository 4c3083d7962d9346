import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { runningClock } from "./clock.ts";
import { type RailwayStandIn, startRailway } from "./stand-in.ts";

/**
 * The stand-in as a program: `node pipeline/test/stand-ins/railway/main.ts --port 4100`.
 * It prints one line of JSON with its addresses and ids, and runs until it is told to end.
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    speed: { type: "string", default: "1" },
    "tls-key": { type: "string" },
    "tls-cert": { type: "string" },
    "run-uploads": { type: "boolean", default: false },
    "start-command": { type: "string" },
    "newer-fields": { type: "boolean", default: false },
    "requests-per-hour": { type: "string", default: "10000" },
  },
});

const standIn = await startRailway({
  clock: runningClock(Number(values.speed)),
  port: Number(values.port),
  tls: await tlsOf(values["tls-key"], values["tls-cert"]),
  runsUploads: values["run-uploads"],
  startCommand: values["start-command"],
  newerFields: values["newer-fields"],
  requestsPerHour: Number(values["requests-per-hour"]),
});
process.stdout.write(`${JSON.stringify(introduction(standIn))}\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => standIn.close().then(() => process.exit(0)));
}

async function tlsOf(key: string | undefined, cert: string | undefined) {
  if (!key || !cert) return undefined;
  return { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
}

function introduction({ address, control, world, seeded, publicUrl }: RailwayStandIn) {
  const { project, production, staging } = seeded;
  const { accountToken, projectToken, stagingToken } = world.options;
  return {
    address,
    control,
    projectId: project.id,
    serviceId: production.serviceId,
    tokens: { account: accountToken, production: projectToken, staging: stagingToken },
    production: { environmentId: production.environmentId, url: publicUrl(production) },
    staging: { environmentId: staging.environmentId, url: publicUrl(staging) },
  };
}
