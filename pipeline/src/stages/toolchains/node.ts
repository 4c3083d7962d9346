import { folderOf } from "../../config/survey.ts";
import { present, type ToolchainRules } from "./toolchain.ts";

type Manager = "npm" | "pnpm" | "yarn";

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
    describe(component, context) {
      const image = context.config.images.node;
      return {
        kind: "node",
        ...(component.node && { version: component.node }),
        tools: manager === "npm" ? {} : { [manager]: managerVersion(manager) },
        ...(image && { image }),
      };
    },
    prepare(component, context) {
      const folder = folderOf(context.survey, component.path);
      const locked = folder.has(locks[manager]);
      const manifests = present(component, context, [
        "package.json",
        locks[manager],
        ".npmrc",
        ".yarnrc.yml",
        "pnpm-workspace.yaml",
      ]);
      const members = folder.below("").filter((file) => /\/package\.json$/.test(file));
      const workspaces =
        members.length > 0 &&
        isWorkspaceRoot(folder.text("package.json"), folder.has("pnpm-workspace.yaml"));
      return [
        {
          id: "install",
          argv: installCommand(manager, locked),
          // A workspace links to its members, and install scripts may read anything.
          ...(workspaces ? {} : { include: manifests }),
          ...(workspaces ? {} : { trees: ["node_modules"], movable: true }),
        },
      ];
    },
  };
}

function installCommand(manager: Manager, locked: boolean): [string, ...string[]] {
  switch (manager) {
    case "npm":
      return ["npm", locked ? "ci" : "install", "--no-audit", "--no-fund"];
    case "pnpm":
      return ["pnpm", "install", ...(locked ? ["--frozen-lockfile"] : [])];
    case "yarn":
      return ["yarn", "install", ...(locked ? ["--immutable"] : [])];
  }
}

function managerVersion(manager: Exclude<Manager, "npm">): string {
  return manager === "pnpm" ? "10" : "1";
}

function isWorkspaceRoot(manifest: string | undefined, pnpm: boolean): boolean {
  return pnpm || /"workspaces"\s*:/.test(manifest ?? "");
}
