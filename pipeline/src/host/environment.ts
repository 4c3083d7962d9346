import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** What a step may see of this machine's environment; everything else is left out. */
const allowed = [
  /^(HTTPS?|NO|ALL|FTP)_PROXY$/i,
  /^(SSL_CERT_FILE|SSL_CERT_DIR|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|GIT_SSL_CAINFO|PIP_CERT)$/,
  /^UV_(INDEX|DEFAULT_INDEX|INDEX_URL|EXTRA_INDEX_URL|SYSTEM_CERTS|NATIVE_TLS|PYTHON_DOWNLOADS|HTTP_TIMEOUT)/,
  /^PIP_(INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|DEFAULT_TIMEOUT|TRUSTED_HOST)$/,
  /^npm_config_(registry|cafile)$/i,
  /^PLAYWRIGHT_(\w+_)?DOWNLOAD_HOST$/,
  /^(LD_LIBRARY_PATH|JAVA_HOME|PYENV_ROOT)$/,
];

export interface EnvironmentRequest {
  readonly home: string;
  readonly temporary: string;
  readonly caches: string;
  /** Folders that come before the machine's own. */
  readonly path: readonly string[];
  readonly runId: string;
  /** Where git stops looking upwards for a repository: a step must not find the user's own. */
  readonly ceiling: string;
}

/** The environment of a step: an allow-list of this machine's, a HOME and TMPDIR of its own, UTC. */
export function stepEnvironment(
  machine: NodeJS.ProcessEnv,
  request: EnvironmentRequest,
): Record<string, string> {
  return {
    ...allowedEnvironment(machine),
    ...userConfigs(),
    PATH: [...request.path, ...machinePath(machine)].join(delimiter),
    HOME: request.home,
    TMPDIR: request.temporary,
    TZ: "UTC",
    LANG: "C.UTF-8",
    CI: "true",
    GANTRY: "true",
    GANTRY_RUN_ID: request.runId,
    GIT_CEILING_DIRECTORIES: request.ceiling,
    UV_CACHE_DIR: join(request.caches, "uv"),
    UV_NO_PROGRESS: "1",
    // A machine whose network has a certificate of its own says so in SSL_CERT_FILE.
    ...(machine.SSL_CERT_FILE && !machine.UV_SYSTEM_CERTS && { UV_SYSTEM_CERTS: "1" }),
    PIP_CACHE_DIR: join(request.caches, "pip"),
    npm_config_cache: join(request.caches, "npm"),
    npm_config_update_notifier: "false",
    npm_config_logs_max: "0",
    PLAYWRIGHT_BROWSERS_PATH:
      machine.PLAYWRIGHT_BROWSERS_PATH ?? join(request.caches, "ms-playwright"),
    PYTHONUNBUFFERED: "1",
    NO_COLOR: "1",
  };
}

/** What of this machine's environment a step may see. */
export function allowedEnvironment(machine: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(machine).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && allowed.some((pattern) => pattern.test(entry[0])),
  );
  return Object.fromEntries(kept);
}

/** Where packages come from is the user's own setting, also with another HOME. */
function userConfigs(): Record<string, string> {
  const home = homedir();
  const files = {
    NPM_CONFIG_USERCONFIG: join(home, ".npmrc"),
    PIP_CONFIG_FILE: join(home, ".config", "pip", "pip.conf"),
    UV_CONFIG_FILE: join(home, ".config", "uv", "uv.toml"),
  };
  return Object.fromEntries(Object.entries(files).filter(([, file]) => existsSync(file)));
}

/** The machine's PATH without what npm and Gantry put there for themselves. */
export function machinePath(machine: NodeJS.ProcessEnv): string[] {
  return (machine.PATH ?? "/usr/local/bin:/usr/bin:/bin")
    .split(delimiter)
    .filter((folder) => folder !== "" && !/node_modules[/\\]|node-gyp-bin/.test(folder));
}
