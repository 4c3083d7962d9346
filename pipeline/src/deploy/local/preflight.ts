import { type Answer, ok, refused } from "../../network/answer.ts";
import type { Difference, Preflight } from "../provider.ts";
import { type Address, addressOf } from "./address.ts";
import { type ConnectRequest, connect } from "./connect.ts";
import { isFree } from "./daemon/versions/ports.ts";
import { type How, howToRun } from "./how.ts";
import { placesOf } from "./places.ts";
import type { LocalRequest } from "./provider.ts";

/** What could stop a deploy to this machine. Starts nothing and changes nothing. */
export async function preflight(
  request: LocalRequest,
  connecting: ConnectRequest,
): Promise<Answer<Preflight>> {
  const { config, environment, machine } = request;
  if (process.platform === "win32") return refused("`local` needs Linux or macOS");
  const address = addressOf(config, environment);
  if (!address.ok) return refused(address.reason);
  const how = await howToRun(config, machine);
  if (!how.ok) return refused(how.reason);
  const connected = await connect(placesOf(request.repository, environment));
  if (connected.kind !== "ok") return connected;
  const running = connected.value?.status.port;
  if (running === undefined && connecting.port && !(await isFree(connecting.port))) {
    return refused(portTaken(connecting.port));
  }
  const port = running ?? connecting.port;
  return ok({
    target: `on this machine, ${described(how, port)}`,
    url: address.url ?? (port === undefined ? undefined : localUrl(port)),
    drift: portDrift(connecting.port, running),
    warnings: warningsOf(request, address),
  });
}

export function localUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

export function portTaken(port: number): string {
  return (
    `port ${port} is taken by another program: end it, ` +
    "or give the environment's `url` in gantry.yaml another port"
  );
}

/** A running daemon keeps its port: what serves there would be gone with a change. */
export function portDrift(wanted: number | undefined, running: number | undefined): Difference[] {
  return wanted === undefined || running === undefined || wanted === running
    ? []
    : [{ path: "url.port", wanted, found: running }];
}

function described(how: Extract<How, { ok: true }>, port: number | undefined): string {
  const where = port === undefined ? "on a free port" : `on port ${port}`;
  return how.kind === "container"
    ? `as a container (${how.why}) ${where}`
    : `as a process (${how.why}) ${where}`;
}

function warningsOf({ config, environment }: LocalRequest, address: Address): string[] {
  const settings = config.written.environments?.[environment]?.settings;
  return [
    ...(address.ok ? address.warnings : []),
    ...(config.image?.health
      ? []
      : ["no `image.health` is configured: any answer below 500 at / counts as healthy"]),
    ...(settings ? [`\`environments.${environment}.settings\` mean nothing to \`local\``] : []),
  ];
}
