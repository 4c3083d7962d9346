import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { makeGantryFolder } from "../../host/gantry-folder.ts";
import type { Terminal } from "../main.ts";
import type { OutputOptions } from "../options.ts";
import type { Project } from "../project.ts";

/** Where a run's folder is, and the link that names the latest one, if it is among the others. */
export interface RunFolders {
  readonly id: string;
  readonly folder: string;
  readonly latest: string | undefined;
  /** The run before this one, to say how long things took then. */
  readonly before: string;
}

export async function runFolders(
  { source }: Pick<Project, "source">,
  options: OutputOptions,
  { env, cwd }: Terminal,
): Promise<RunFolders> {
  const id = newRunId(env);
  const own = join(await makeGantryFolder(source.root), "runs");
  const runs = options.runs ? resolve(cwd, options.runs) : own;
  const latest = join(runs, "latest");
  return options.output
    ? { id, folder: resolve(cwd, options.output), latest: undefined, before: latest }
    : { id, folder: join(runs, id), latest, before: latest };
}

/** Sortable, and unlike any other: two runs in the same second keep their folders apart. */
function newRunId(env: NodeJS.ProcessEnv): string {
  const github =
    env.GITHUB_RUN_ID && `github-${env.GITHUB_RUN_ID}-${env.GITHUB_RUN_ATTEMPT ?? "1"}`;
  const stamp = new Date().toISOString().replaceAll(/[-:]/g, "").slice(0, 15).replace("T", "-");
  return `${github || stamp}-${randomBytes(2).toString("hex")}`;
}
