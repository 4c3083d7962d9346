import { describeProviderFailure } from "../../deploy/describe-provider.ts";
import type { DeployOptions } from "../deploy/options.ts";
import type { Terminal } from "../main.ts";
import type { OpenEnvironment } from "./open.ts";

/** `--plan`: what a deploy would change at the provider; changes nothing. */
export async function showDrift(
  { provider, environment }: OpenEnvironment,
  options: DeployOptions,
  { stdout, stderr }: Terminal,
): Promise<number> {
  const preflight = await provider.preflight();
  if (preflight.kind !== "ok") {
    stderr.write(`${describeProviderFailure(provider.name, preflight)}\n`);
    return preflight.kind === "refused" || preflight.kind === "unauthorised" ? 1 : 3;
  }
  const { drift, target, warnings } = preflight.value;
  if (options.json) {
    stdout.write(`${JSON.stringify({ target, drift, warnings }, null, 2)}\n`);
    return 0;
  }
  stdout.write(`${environment.name} is ${target}\n`);
  for (const warning of warnings) stdout.write(`· ${warning}\n`);
  if (drift.length === 0) stdout.write("its settings are what gantry.yaml says\n");
  for (const { path, found, wanted } of drift) {
    stdout.write(`~ ${path}: ${JSON.stringify(found)} → ${JSON.stringify(wanted)}\n`);
  }
  return 0;
}
