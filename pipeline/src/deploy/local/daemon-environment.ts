import { allowedEnvironment } from "../../host/environment.ts";

const needed = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "LANG",
  "TMPDIR",
  "XDG_RUNTIME_DIR",
  "DOCKER_HOST",
  "DOCKER_CONTEXT",
  "DOCKER_CONFIG",
  "DOCKER_CERT_PATH",
  "DOCKER_TLS_VERIFY",
];

/**
 * The daemon outlives the run that starts it, and so would a deploy token in its environment: it
 * gets only what building and running need, and a cache that makes its next start quick.
 */
export function daemonEnvironment(
  machine: NodeJS.ProcessEnv,
  compileCache: string,
): Record<string, string> {
  const kept = needed.flatMap((name) =>
    machine[name] === undefined ? [] : [[name, machine[name]]],
  );
  return {
    ...allowedEnvironment(machine),
    ...Object.fromEntries(kept),
    NODE_COMPILE_CACHE: compileCache,
  };
}
