import type { Known, Seen } from "../../adopt/migrate/seen.ts";
import { servingLine } from "../../deploy/records/history.ts";
import { readStandings } from "../../deploy/records/journal.ts";
import { openEnvironment } from "../environment/open.ts";
import type { Project } from "../project.ts";

const newestAttempts = 20;

/** By environment: when a version was last proven there, as the deployment records have it. */
export async function lookAtDeploys(
  project: Project,
  env: NodeJS.ProcessEnv,
): Promise<Seen["proven"]> {
  const names = project.config.environments.map(({ name }) => name);
  const found = await Promise.all(names.map((name) => lookAt(project, name, env)));
  return Object.fromEntries(
    names.map((name, at) => [name, found[at] as Known<string | undefined>]),
  );
}

async function lookAt(
  project: Project,
  name: string,
  env: NodeJS.ProcessEnv,
): Promise<Known<string | undefined>> {
  const opened = await openEnvironment(project, name, env);
  if (!opened.ok)
    return { known: false, why: opened.problems.map(({ message }) => message).join("; ") };
  const read = await readStandings(opened.value.store, newestAttempts);
  if (read.kind !== "ok") return { known: false, why: `the record of ${name} gives no answer` };
  const last = servingLine(read.value).findLast(({ proven }) => proven);
  return { known: true, value: last?.at.slice(0, 10) };
}
