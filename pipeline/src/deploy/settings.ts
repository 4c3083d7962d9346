import type { Config, Environment } from "../config/config.ts";
import type { Settings } from "./procedure/world.ts";
import { usualFields } from "./prove/identity.ts";

/** How the config wants an environment to be deployed and proven. */
export function settingsOf(environment: Environment, config: Config): Settings {
  const { health, identity, waitSeconds, url, tests, name } = environment;
  return {
    environment: name,
    url,
    waitSeconds,
    leaseSeconds: 600,
    questions: {
      health: { path: health.path, method: "GET", status: 200 },
      endpoints: structuredClone(
        config.image?.endpoints ?? [],
      ) as Settings["questions"]["endpoints"],
      identity:
        identity === "provider"
          ? identity
          : {
              deployment: identity.deployment ? [identity.deployment] : usualFields.deployment,
              commit: identity.commit ? [identity.commit] : usualFields.commit,
            },
    },
    patience: {
      attempts: health.attempts,
      intervalSeconds: health.intervalSeconds,
      consecutive: health.consecutive,
    },
    tests: config.components.some((component) => tests.some((kind) => component.tests[kind])),
  };
}
