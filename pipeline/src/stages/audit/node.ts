import type { Command, Component } from "../../config/config.ts";
import { folderOf } from "../../config/survey.ts";
import type { PlanContext } from "../context.ts";
import { within } from "../toolchains/toolchain.ts";
import type { AuditPlan, AuditWish } from "./audit-plan.ts";

const locks = ["npm-shrinkwrap.json", "package-lock.json"];

/** npm's own audit of its lock; where there is none, one is resolved first. */
export function auditsOfNpm(
  component: Component,
  context: PlanContext,
  wish: AuditWish,
): AuditPlan[] {
  const folder = folderOf(context.survey, component.path);
  if (!dependsOnAny(folder.text("package.json") ?? "{}", wish)) return [];
  const lock = locks.find(folder.has);
  const manifests = folder
    .below("")
    .filter(
      (file) => /(^|\/)(package\.json|\.npmrc)$/.test(file) && !file.includes("node_modules/"),
    );
  const plan: AuditPlan = {
    file: lock ?? "package.json",
    include: [...(lock ? [lock] : []), ...manifests].map((file) => within(component, file)),
    ask: () => askNpm(wish),
    format: "npm-audit",
  };
  return [lock ? plan : { ...plan, prepare: { argv: resolve, leaves: "package-lock.json" } }];
}

const resolve: Command = [
  ...(["npm", "install", "--package-lock-only", "--package-lock"] as const),
  ...["--ignore-scripts", "--no-audit", "--no-fund"],
];

/**
 * npm writes its document to standard output, among whatever else it says there in its log: so it
 * is kept apart in a file. `offline` or `omit` in an .npmrc would make it ask nobody and say that
 * there is nothing, so both are said here.
 */
function askNpm({ development }: AuditWish): Command {
  const kept = ["--include=optional", "--include=peer"];
  return [
    ...(["sh", "-c", 'out=$1; shift; exec "$@" >"$out"', "gantry"] as const),
    ...["{reports}/npm-audit.json", "npm", "audit", "--json", "--package-lock-only"],
    ...["--no-offline", development ? "--include=dev" : "--omit=dev", ...kept],
  ];
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
