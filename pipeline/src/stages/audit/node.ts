import type { Command, Component } from "../../config/config.ts";
import { folderOf } from "../../config/survey.ts";
import { keeper } from "../../plan/typed-command.ts";
import type { PlanContext } from "../context.ts";
import type { Manager } from "../toolchains/node-manager.ts";
import { within } from "../toolchains/toolchain.ts";
import type { AuditPlan, AuditWish } from "./audit-plan.ts";

interface ManagerAudit {
  /** Its lock files; the first that is there counts. */
  readonly locks: readonly [string, ...string[]];
  /** Makes the last of them where there is none. */
  readonly resolve: Command;
  readonly ask: (wish: AuditWish) => readonly [string, ...string[]];
  readonly format: AuditPlan["format"];
  readonly lacks?: string;
}

/** The manager's own audit of its lock; where there is none, one is resolved first. */
export function auditsOfNode(manager: Manager) {
  return (component: Component, context: PlanContext, wish: AuditWish): AuditPlan[] => {
    const { locks, resolve, ask, format, lacks } = managers[manager];
    const folder = folderOf(context.survey, component.path);
    const alone = !folder.has("pnpm-workspace.yaml");
    if (alone && !dependsOnAny(folder.text("package.json") ?? "{}", wish)) return [];
    const lock = locks.find(folder.has);
    const manifests = folder.below("").filter(isManifest);
    const plan: AuditPlan = {
      file: lock ?? "package.json",
      include: [...(lock ? [lock] : []), ...manifests].map((file) => within(component, file)),
      ask: () => kept(`{reports}/${format}.json`, ask(wish)),
      format,
      ...(lacks && { lacks }),
    };
    if (lock || lacks) return [plan];
    return [{ ...plan, prepare: { argv: resolve, leaves: locks.at(-1) ?? locks[0] } }];
  };
}

const managers: Readonly<Record<Manager, ManagerAudit>> = {
  npm: {
    locks: ["npm-shrinkwrap.json", "package-lock.json"],
    resolve: [
      ...(["npm", "install", "--package-lock-only", "--package-lock"] as const),
      ...["--ignore-scripts", "--no-audit", "--no-fund"],
    ],
    // `offline` or `omit` in an .npmrc would make it ask nobody, and say that there is nothing.
    ask: ({ development }) => [
      ...(["npm", "audit", "--json", "--package-lock-only", "--no-offline"] as const),
      ...[development ? "--include=dev" : "--omit=dev", "--include=optional", "--include=peer"],
    ],
    format: "npm-audit",
  },
  pnpm: {
    locks: ["pnpm-lock.yaml"],
    resolve: ["pnpm", "install", "--lockfile-only", "--ignore-scripts"],
    ask: ({ development }) => ["pnpm", "audit", "--json", ...(development ? [] : ["--prod"])],
    format: "pnpm-audit",
  },
  yarn: {
    locks: ["yarn.lock"],
    resolve: ["yarn", "install"],
    ask: () => ["yarn", "audit"],
    format: "npm-audit",
    lacks: "this version of Gantry does not know how to ask about packages that yarn installs",
  },
};

/**
 * Managers write their document to standard output, and may say other things beside it: so it is
 * kept apart in a file, and the log stays for people. npm takes an advisory's severity from its
 * cache where it has seen it before, though it may have become worse: so it starts without one.
 */
const script = `
out=$1; shift
npm_config_cache=$(mktemp -d); export npm_config_cache
"$@" >"$out"
code=$?
rm -rf "$npm_config_cache"
exit "$code"
`.trim();

function kept(file: string, [program, ...words]: readonly [string, ...string[]]): Command {
  return ["sh", "-c", script, keeper, file, program, ...words];
}

const settings = /(^|\/)(package\.json|\.npmrc|pnpm-workspace\.yaml)$/;

function isManifest(file: string): boolean {
  return settings.test(file) && !file.includes("node_modules/");
}

const needed = ["dependencies", "optionalDependencies", "peerDependencies"];

/** What cannot be read is let to fail; members of a workspace have dependencies of their own. */
function dependsOnAny(text: string, { development }: AuditWish): boolean {
  const manifest = objectIn(text);
  if (!manifest || manifest.workspaces) return true;
  const keys = development ? [...needed, "devDependencies"] : needed;
  return keys.some((key) => Object.keys(manifest[key] ?? {}).length > 0);
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return json !== null && typeof json === "object" ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}
