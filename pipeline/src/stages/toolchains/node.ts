import type { Command } from "../../config/config.ts";
import { readManifest } from "../../config/infer/node/manifest.ts";
import { readWorkflows } from "../../config/infer/workflows/workflows.ts";
import { type Folder, folderOf } from "../../config/survey.ts";
import { auditsOfNode } from "../audit/node.ts";
import type { PlanContext } from "../context.ts";
import { isModernYarn, type Manager, managerVersion } from "./node-manager.ts";
import { type Preparation, present, type ToolchainRules } from "./toolchain.ts";

const locks: Readonly<Record<Manager, string>> = {
  npm: "package-lock.json",
  pnpm: "pnpm-lock.yaml",
  yarn: "yarn.lock",
};

/** A Node component: installed exactly from its lock, or resolved anew where it has none. */
export function nodeToolchain(manager: Manager): ToolchainRules {
  return {
    path: ["node_modules/.bin"],
    adapt: (argv) => argv,
    audits: auditsOfNode(manager),
    describe(component, context) {
      const folder = folderOf(context.survey, component.path);
      const image = context.config.images.node;
      return {
        kind: "node",
        ...(component.node && { version: component.node }),
        tools: manager === "npm" ? {} : { [manager]: managerVersion(manager, folder) },
        ...(image && { image }),
      };
    },
    prepare(component, context) {
      const folder = folderOf(context.survey, component.path);
      const argv = installCommand({
        manager,
        locked: folder.has(locks[manager]),
        modern: isModernYarn(folder),
        loosely: installsLoosely(context),
      });
      const install: Preparation = { id: "install", argv };
      if (readsMore(folder)) return [install];
      const include = present(component, context, [
        "package.json",
        locks[manager],
        ...settings,
        ...folder.below(".yarn/"),
        ...folder.below("patches/"),
      ]);
      return [{ ...install, include, trees: ["node_modules"], movable: true }];
    },
  };
}

const settings = [".npmrc", ".yarnrc", ".yarnrc.yml", "pnpm-workspace.yaml", ".pnpmfile.cjs"];

/** Scripts of the package itself that an install runs, but for those that only set up git hooks. */
const ownScripts = ["preinstall", "install", "postinstall", "prepublish", "prepare"];
const hookManagers = /^(npx )?(is-ci \|\| )?(husky|lefthook|simple-git-hooks|only-allow|yorkie)\b/;

/**
 * Whether an install does more than fill `node_modules` from manifest and lock: a workspace links
 * to its members, plug'n'play leaves files beside it, and the package's own scripts may read and
 * write anything, so that what they make must be made again in each workspace.
 */
function readsMore(folder: Folder): boolean {
  const read = readManifest(folder.text("package.json") ?? "{}");
  if (!read.ok) return true;
  const { scripts, workspaces } = read.manifest;
  if (ownScripts.some((name) => scripts[name] && !hookManagers.test(scripts[name]))) return true;
  const members = /^packages\s*:/m.test(folder.text("pnpm-workspace.yaml") ?? "");
  const linker = /^nodeLinker:\s*["']?([\w-]+)/m.exec(folder.text(".yarnrc.yml") ?? "")?.[1];
  const plugAndPlay = isModernYarn(folder) && linker !== "node-modules" && linker !== "pnpm";
  return workspaces || members || plugAndPlay;
}

/** A lock that fell behind is no fault of a repository whose own CI never asks for `npm ci`. */
function installsLoosely({ config, survey }: PlanContext): boolean {
  if (config.origin === "file") return false;
  const { lines } = readWorkflows(survey);
  const installs = lines.filter((line) =>
    /\bnpm (ci|clean-install|i|install)\b(?!.*\s-g\b)/.test(line),
  );
  return installs.length > 0 && !installs.some((line) => /\bnpm (ci|clean-install)\b/.test(line));
}

interface Install {
  readonly manager: Manager;
  readonly locked: boolean;
  readonly modern: boolean;
  readonly loosely: boolean;
}

function installCommand({ manager, locked, modern, loosely }: Install): Command {
  switch (manager) {
    case "npm":
      return ["npm", locked && !loosely ? "ci" : "install", "--no-audit", "--no-fund"];
    case "pnpm":
      return ["pnpm", "install", locked ? "--frozen-lockfile" : "--no-frozen-lockfile"];
    case "yarn":
      if (modern) return ["yarn", "install", locked ? "--immutable" : "--no-immutable"];
      return ["yarn", "install", "--non-interactive", ...(locked ? ["--frozen-lockfile"] : [])];
  }
}
