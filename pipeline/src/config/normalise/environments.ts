import type { DeployedHealth, Environment, Image } from "../config.ts";
import { secondsOf } from "../durations.ts";
import type { ParsedConfig } from "../written.ts";

type Written = NonNullable<ParsedConfig["environments"]>[string];

export function normaliseEnvironments(
  value: ParsedConfig,
  image: Image | undefined,
): Environment[] {
  return Object.entries(value.environments ?? {}).map(([name, written]) => ({
    name,
    ...(written.branch && { branch: written.branch }),
    provider: written.provider,
    ...(written.project && { project: written.project }),
    ...(written.service && { service: written.service }),
    environment: written.environment ?? name,
    token: written.token ?? "RAILWAY_TOKEN",
    ...(written.url && { url: written.url.replace(/\/+$/, "") }),
    waitSeconds: secondsOf(written.wait ?? "5m"),
    health: healthOf(written, image),
    identity: identityOf(written),
    settings: written.settings ?? {},
    variables: written.variables ?? {},
    tests: written.tests ?? ["deployed"],
  }));
}

/** Four in a row, 5 s apart, take 15 s: a version that dies after 10 s is seen to. */
function healthOf({ health = {} }: Written, image: Image | undefined): DeployedHealth {
  return {
    path: health.path ?? image?.health ?? "/api/health",
    attempts: health.attempts ?? 10,
    intervalSeconds: secondsOf(health.interval ?? "5s"),
    consecutive: health.consecutive ?? 4,
  };
}

function identityOf({ identity = {} }: Written): Environment["identity"] {
  if (identity === "provider") return identity;
  const { commit, deployment } = identity;
  return { ...(commit && { commit }), ...(deployment && { deployment }) };
}
