import type { Inference } from "../../config.ts";
import type { Folder } from "../../survey.ts";
import type { WrittenComponent } from "../../written.ts";
import type { ComponentGuess } from "../infer.ts";
import { playwrightConfig } from "../playwright-config.ts";
import type { Workflows } from "../workflows/workflows.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { qualityScripts, testScript } from "./scripts.ts";
import { usedScripts } from "./used-scripts.ts";
import { nodeVersionOf } from "./version.ts";

/** What a folder shows of a Node component; none where it has no package.json. */
export function inferNode(folder: Folder, workflows: Workflows): ComponentGuess | undefined {
  const text = folder.text("package.json");
  if (text === undefined) return undefined;
  const read = readManifest(text);
  return read.ok
    ? guess(folder, inWorkspace(folder, read.manifest), workflows)
    : unreadable(folder, read.why);
}

/** pnpm names the members of a workspace in a file of their own. */
function inWorkspace(folder: Folder, manifest: Manifest): Manifest {
  const members = /^packages\s*:/m.test(folder.text("pnpm-workspace.yaml") ?? "");
  return { ...manifest, workspaces: manifest.workspaces || members };
}

/** Its own manager cannot read it either: that it fails is the verdict, so it is left to say so. */
function unreadable(folder: Folder, why: string): ComponentGuess {
  const file = folder.path === "." ? "package.json" : `${folder.path}/package.json`;
  return {
    component: { path: folder.path, toolchain: "npm", tests: { unit: { run: "npm test" } } },
    inferred: [{ what: `${folder.path}: Node.js with npm`, from: "package.json" }],
    warnings: [`${file} cannot be read: ${why}`],
  };
}

function guess(folder: Folder, manifest: Manifest, workflows: Workflows): ComponentGuess {
  const notes: Inference[] = [];
  const warnings: string[] = [];
  const note = (what: string, from: string): void => {
    notes.push({ what: `${folder.path}: ${what}`, from });
  };
  const { kind, from } = managerOf(folder, manifest);
  note(`Node.js with ${kind}`, from);
  const node = nodeVersionOf(folder, manifest);
  if (node) note(`Node.js ${node.version} or newer`, node.from);

  const { found, rewriting, unused } = qualityScripts(manifest, workflows);
  const quality: NonNullable<WrittenComponent["quality"]> = {};
  for (const [check, script] of Object.entries(found)) {
    quality[check] = `${kind} run ${script}`;
    note(`${check}: ${kind} run ${script}`, "package.json scripts");
  }
  for (const script of rewriting) {
    warnings.push(
      `the script \`${script}\` of \`${folder.path}\` rewrites files, so it was not taken for a check`,
    );
  }
  for (const script of unused) {
    note(`${kind} run ${script} is none of what its own CI runs: left out`, "package.json scripts");
  }
  const build = manifest.scripts.build && `${kind} run ${usedScripts(manifest, workflows).build}`;
  if (build) note(`build: ${build}`, "package.json scripts");
  const unit = testsOf(manifest, kind, workflows);
  if (unit) note(`tests: ${unit.run}`, "package.json scripts");
  const e2e = e2eOf(folder, manifest, kind);
  if (e2e) note(`end-to-end tests: ${e2e.run}`, e2e.from);
  const component: WrittenComponent = {
    path: folder.path,
    toolchain: kind,
    ...(node && { node: node.version }),
    ...(build && { build }),
    ...(needsBuild(manifest, workflows) && { buildFirst: true }),
    ...(Object.keys(quality).length > 0 && { quality }),
    ...((unit || e2e) && {
      tests: { ...(unit && { unit }), ...(e2e && { e2e: { run: e2e.run } }) },
    }),
  };
  return { component, inferred: notes, warnings };
}

type Kind = "npm" | "pnpm" | "yarn";

const lockOf: Readonly<Record<Kind, string>> = {
  npm: "package-lock.json",
  pnpm: "pnpm-lock.yaml",
  yarn: "yarn.lock",
};

/** The manager that the package names, else the one whose lock file is there. */
function managerOf(folder: Folder, { manager }: Manifest): { kind: Kind; from: string } {
  const named = (["pnpm", "yarn", "npm"] as const).find((kind) => kind === manager?.name);
  if (named) return { kind: named, from: "package.json packageManager" };
  const locked = (["npm", "pnpm", "yarn"] as const).find((kind) => folder.has(lockOf[kind]));
  return locked ? { kind: locked, from: lockOf[locked] } : { kind: "npm", from: "package.json" };
}

function testsOf(
  manifest: Manifest,
  kind: Kind,
  workflows: Workflows,
): { run: string } | undefined {
  const script = testScript(manifest, workflows);
  const run = script ? scriptCall(kind, script) : everyMembersTests(manifest, kind);
  return run ? { run } : undefined;
}

const playwrightCalls: Readonly<Record<Kind, string>> = {
  npm: "npx playwright test",
  pnpm: "pnpm exec playwright test",
  yarn: "yarn playwright test",
};

/** A suite of Playwright shows itself by its config, beside the package that brings it. */
function e2eOf(
  folder: Folder,
  manifest: Manifest,
  kind: Kind,
): { run: string; from: string } | undefined {
  const from = playwrightConfig(folder);
  if (!from || !manifest.depends("@playwright/test")) return undefined;
  return { run: playwrightCalls[kind], from };
}

/** Members of a workspace import each other's built files; others build first if their CI does. */
function needsBuild({ scripts, workspaces }: Manifest, workflows: Workflows): boolean {
  if (!scripts.build || scripts.pretest?.includes("build")) return false;
  return workspaces || workflows.buildsFirst;
}

function scriptCall(kind: Kind, script: string): string {
  return script === "test" ? `${kind} test` : `${kind} run ${script}`;
}

/** A workspace whose root has no test script: those of its members. */
function everyMembersTests({ workspaces, scripts }: Manifest, kind: Kind): string | undefined {
  if (!workspaces || scripts.test) return undefined;
  return { npm: "npm test --workspaces --if-present", pnpm: "pnpm -r test", yarn: undefined }[kind];
}
