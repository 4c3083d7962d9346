import { readManifest } from "../../config/infer/node/manifest.ts";
import type { Folder } from "../../config/survey.ts";

export type Manager = "npm" | "pnpm" | "yarn";

/** Where a manager comes from when a repository does not say which version it wants. */
const defaults = { pnpm: "10", yarn: "1" } as const;

/** The version of the manager that installs a folder: the one it pins, else what its files show. */
export function managerVersion(manager: Exclude<Manager, "npm">, folder: Folder): string {
  const pinned = pinnedVersion(manager, folder);
  if (pinned) return pinned;
  return manager === "pnpm" ? pnpmFor(folder) : yarnFor(folder);
}

function pinnedVersion(manager: Manager, folder: Folder): string | undefined {
  const read = readManifest(folder.text("package.json") ?? "{}");
  const named = read.ok ? read.manifest.manager : undefined;
  return named?.name === manager ? named.version : undefined;
}

/** Each format of the lock file belongs to the versions that write it. */
function pnpmFor(folder: Folder): string {
  const format = /^lockfileVersion:\s*['"]?(\d+)/m.exec(folder.text("pnpm-lock.yaml") ?? "")?.[1];
  return { "5": "7", "6": "8" }[format ?? ""] ?? defaults.pnpm;
}

/** `.yarnrc.yml` is modern Yarn's; where it names a release of its own, any launcher will do. */
function yarnFor(folder: Folder): string {
  const settings = folder.text(".yarnrc.yml");
  if (settings === undefined || /^yarnPath:/m.test(settings)) return defaults.yarn;
  return "4";
}

/** Whether a yarn is the modern one, which speaks another dialect. */
export function isModernYarn(folder: Folder): boolean {
  const version = pinnedVersion("yarn", folder);
  return version ? Number.parseInt(version, 10) >= 2 : folder.has(".yarnrc.yml");
}

/** The npm package that brings a tool at a version: modern Yarn is published under another name. */
export function npmPackageOf(tool: string, version: string): string {
  return tool === "yarn" && Number.parseInt(version, 10) >= 2 ? "@yarnpkg/cli-dist" : tool;
}
