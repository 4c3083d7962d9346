import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { seesPart, visibleTo } from "../../plan/inputs.ts";
import type { Plan } from "../../plan/plan.ts";
import type { ExecStep } from "../../plan/step.ts";
import { linkHistory } from "../source/history.ts";
import type { Source } from "../source/source.ts";
import { syncWorkspace } from "../source/workspace.ts";

/** Copies of the source that stages work in; made once a run, kept between runs. */
export interface Workspaces {
  readonly root: string;
  readonly open: (stage: string, workspace: string) => Promise<string>;
  /** The same with git's history in it. */
  readonly openWithHistory: (stage: string, workspace: string) => Promise<string>;
}

export function createWorkspaces(source: Source, plan: Plan, root: string): Workspaces {
  // ESLint's old form of configuration goes on upwards: it would read the user's tree as well, and
  // look there for the plugins that only the workspace has installed.
  const hasCascade = source.files.some(({ path }) => /(^|\/)\.eslintrc(\.\w+)?$/.test(path));
  const opened = new Map<string, Promise<string>>();
  const histories = new Map<string, Promise<void>>();

  const open = (stage: string, workspace: string): Promise<string> => {
    const name = workspace === "main" ? stage : `${stage}.${workspace}`;
    const known = opened.get(name) ?? make(join(root, name), stepsIn(plan, stage, workspace));
    opened.set(name, known);
    return known;
  };
  const make = async (folder: string, steps: readonly ExecStep[]): Promise<string> => {
    await mkdir(root, { recursive: true });
    // Tools that heed .gitignore heed those of parent folders too: without this they would find
    // every workspace ignored, check nothing, and call it clean.
    await writeFile(join(root, ".gitignore"), "!*\n");
    // Tests that clear git's variables would clear the ceiling too, and work on the user's own
    // repository. A file that leads nowhere ends git's search without any of them.
    await writeFile(join(root, ".git"), "gitdir: nowhere\n");
    if (hasCascade) await writeFile(join(root, ".eslintrc.json"), '{ "root": true }\n');
    await syncWorkspace(visible(source, steps), folder, treesOf(steps));
    return folder;
  };
  return {
    root,
    open,
    async openWithHistory(stage, workspace) {
      const folder = await open(stage, workspace);
      const linked = histories.get(folder) ?? linkHistory(source.root, folder);
      histories.set(folder, linked);
      await linked;
      return folder;
    },
  };
}

function stepsIn(plan: Plan, stage: string, workspace: string): ExecStep[] {
  const steps = plan.stages.find(({ id }) => id === stage)?.steps ?? [];
  return steps
    .filter((step) => step.kind === "exec")
    .filter((step) => step.workspace === workspace);
}

/** Installed dependencies stay in a workspace between runs. */
function treesOf(steps: readonly ExecStep[]): ReadonlySet<string> {
  return new Set(steps.flatMap((step) => step.prepares?.trees ?? []));
}

/** What the steps of a workspace see: where one of them names no files, everything. */
function visible(source: Source, steps: readonly ExecStep[]): Source {
  if (!steps.some(({ inputs }) => inputs.only) || !steps.every((step) => seesPart(step.inputs))) {
    return source;
  }
  const seen = steps.map(({ inputs }) => visibleTo(inputs));
  return { ...source, files: source.files.filter(({ path }) => seen.some((sees) => sees(path))) };
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
