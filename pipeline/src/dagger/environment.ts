import type { Plan } from "../plan/plan.ts";
import type { Client, Container } from "./client.ts";

/** Where things stand in a step's container. */
export const places = {
  source: "/src",
  /** What the step leaves: log, end, reports. A mount, so that no later step inherits it. */
  out: "/gantry/out",
  reports: "/gantry/out/reports",
  /** Reports of other steps. */
  read: "/gantry/read",
  caches: "/gantry/cache",
  certificates: "/gantry/certificates.pem",
  procedures: "/gantry/procedures.js",
  /** Git's history of a pull request's base. */
  base: "/gantry/base.git",
  serve: "/gantry/serve",
} as const;

/** What every step finds in its environment, as on a host. */
const always: Readonly<Record<string, string>> = {
  TZ: "UTC",
  LANG: "C.UTF-8",
  CI: "true",
  GANTRY: "true",
  UV_CACHE_DIR: `${places.caches}/uv`,
  UV_NO_PROGRESS: "1",
  // The cache is another file system, where a hard link cannot reach.
  UV_LINK_MODE: "copy",
  PIP_CACHE_DIR: `${places.caches}/pip`,
  PIP_DISABLE_PIP_VERSION_CHECK: "1",
  PIP_ROOT_USER_ACTION: "ignore",
  npm_config_cache: `${places.caches}/npm`,
  npm_config_update_notifier: "false",
  PYTHONUNBUFFERED: "1",
  NO_COLOR: "1",
};

export function withEnvironment(container: Container): Container {
  return withVariables(container, always);
}

export function withVariables(
  container: Container,
  variables: Readonly<Record<string, string>>,
): Container {
  return Object.entries(variables).reduce(
    (built, [name, value]) => built.withEnvVariable(name, value),
    container,
  );
}

/**
 * Download caches, kept by the engine between runs. What a fork's code may have written is never
 * read by a run that meets secrets.
 */
export function withCaches(
  dag: Client,
  container: Container,
  plan: Plan,
  names: readonly string[],
): Container {
  const suffix = plan.trigger.fork ? "-fork" : "";
  return names.reduce(
    (built, name) =>
      built.withMountedCache(
        `${places.caches}/${name}`,
        dag.cacheVolume(`gantry-${name}${suffix}`),
      ),
    container,
  );
}
