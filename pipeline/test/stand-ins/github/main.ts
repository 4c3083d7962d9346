import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { runningClock } from "../railway/clock.ts";
import { startGithub } from "./stand-in.ts";

/**
 * The stand-in as a program: `node pipeline/test/stand-ins/github/main.ts --port 4200`.
 * It prints one line of JSON with its address and tokens, and runs until it is told to end.
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    speed: { type: "string", default: "1" },
    repository: { type: "string", default: "octo/rose" },
    branch: { type: "string", default: "main" },
    "tls-key": { type: "string" },
    "tls-cert": { type: "string" },
    "requests-per-hour": { type: "string", default: "5000" },
  },
});

const [owner = "octo", name = "rose"] = values.repository.split("/");
const standIn = await startGithub({
  clock: runningClock(Number(values.speed)),
  port: Number(values.port),
  tls: await tlsOf(values["tls-key"], values["tls-cert"]),
  owner,
  name,
  defaultBranch: values.branch,
  requestsPerHour: Number(values["requests-per-hour"]),
});
const { address, control, world } = standIn;
const introduction = {
  address,
  control,
  repository: `${owner}/${name}`,
  tokens: world.options.tokens,
};
process.stdout.write(`${JSON.stringify(introduction)}\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => standIn.close().then(() => process.exit(0), fail));
}

function fail(error: Error): void {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

async function tlsOf(key: string | undefined, cert: string | undefined) {
  if (!key || !cert) return undefined;
  return { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
}
