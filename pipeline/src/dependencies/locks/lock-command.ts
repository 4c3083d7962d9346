import type { Command } from "../../config/config.ts";
import type { LockSite } from "./lock-sites.ts";

/**
 * What brings a lock up to date: all of it, or only some packages and what they need. npm stays
 * within the ranges of package.json, uv within those of pyproject.toml.
 */
export function lockCommand(
  site: LockSite,
  text: string,
  packages: readonly string[] | "all",
): Command {
  switch (site.tool) {
    case "uv":
      // Asked anew once; what follows may lean on the answers of that moment.
      return packages === "all"
        ? ["uv", "lock", "--upgrade", "--refresh"]
        : ["uv", "lock", ...upgraded(packages)];
    case "npm":
      return npmCommand(text, packages);
    case "requirements":
      return compileCommand(site, packages);
  }
}

function upgraded(packages: readonly string[]): string[] {
  return packages.map((name) => `--upgrade-package=${name}`);
}

function npmCommand(text: string, packages: readonly string[] | "all"): Command {
  // A lock that leaves addresses out goes on doing so, whatever this machine's npm is told.
  const addresses = /"resolved": "https?:/.test(text);
  return [
    "npm",
    "update",
    "--package-lock-only",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-save",
    // Its own patience is four minutes for a registry that is not there.
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=5000",
    `--omit-lockfile-registry-resolved=${!addresses}`,
    ...(packages === "all" ? [] : ["--", ...packages]),
  ];
}

function compileCommand(
  { compiled, folder, lock }: LockSite,
  packages: readonly string[] | "all",
): Command {
  if (!compiled) throw new Error(`${lock} is no compiled file`);
  const output = folder === "." ? lock : lock.slice(folder.length + 1);
  return [
    "uv",
    "pip",
    "compile",
    "--quiet",
    ...compiled.options,
    `--custom-compile-command=${compiled.command}`,
    ...(packages === "all" ? ["--upgrade", "--refresh"] : upgraded(packages)),
    `--output-file=${output}`,
    "--",
    ...compiled.inputs,
  ];
}

/** Whether a failed command says that no lock can be, or only that it got no answer. */
export function isImpossible(tool: LockSite["tool"], output: string): boolean {
  return tool === "npm"
    ? /\bcode (ERESOLVE|ETARGET|EBADENGINE)\b/.test(output)
    : /No solution found|unsatisfiable/.test(output);
}

/** Names that can be handed on; a lock is data, and may say anything. */
export function isPlainName(name: string): boolean {
  return /^(@[\w.~-]+\/)?[A-Za-z0-9_][\w.~-]*$/.test(name);
}

/** Whether an output says that no registry was reached: then it tells nothing about packages. */
export function looksLikeNetwork(output: string): boolean {
  return /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT)\b.*(registry|npm|request)|npm (error|ERR!) code (ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|E50\d|E429)|error sending request for url|Failed to (fetch|download)\b/.test(
    output,
  );
}
