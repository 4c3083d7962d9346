import type { Result } from "../../errors/problem.ts";
import type { EnvironmentOptions } from "../deploy/options.ts";
import type { Terminal } from "../main.ts";
import { openProject, type Project } from "../project.ts";
import { refuse } from "../refuse.ts";
import { type OpenEnvironment, openEnvironment } from "./open.ts";

/** Something to be shown about an environment: as data, and in words. */
export interface Shown {
  readonly json: unknown;
  readonly text: string;
  readonly exit?: number;
}

/** Opens an environment, asks it something, and shows the answer; changes nothing by itself. */
export async function askEnvironment(
  options: EnvironmentOptions,
  terminal: Terminal,
  ask: (opened: OpenEnvironment, project: Project) => Promise<Result<Shown>>,
): Promise<number> {
  const shown = await answerOf(options, terminal, ask);
  if (!shown.ok) return refuse(shown.problems, options, terminal);
  const { json, text, exit = 0 } = shown.value;
  terminal.stdout.write(options.json ? `${JSON.stringify(json, null, 2)}\n` : `${text}\n`);
  return exit;
}

async function answerOf(
  options: EnvironmentOptions,
  { env, cwd }: Terminal,
  ask: (opened: OpenEnvironment, project: Project) => Promise<Result<Shown>>,
): Promise<Result<Shown>> {
  const project = await openProject({ ...options, event: "manual" }, env, cwd);
  if (!project.ok) return project;
  const opened = await openEnvironment(project.value, options.env, env);
  return opened.ok ? ask(opened.value, project.value) : opened;
}
