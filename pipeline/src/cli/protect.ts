import { describeProblem, type Problem } from "../errors/problem.ts";
import { exitOfParts, problemsOf } from "../github/protection/problems.ts";
import type { Part } from "../github/protection/protect.ts";
import { protectRepository } from "../github/protection/protect-repository.ts";
import { protectionText } from "../github/protection/text.ts";
import { connectToGithub } from "../host/github/connect.ts";
import type { CommonOptions } from "./common-options.ts";
import type { Terminal } from "./main.ts";
import { openProject } from "./project.ts";
import { refuse } from "./refuse.ts";

export interface ProtectOptions extends CommonOptions {
  readonly branch?: readonly string[];
}

/** Compares, and with `apply` mends. 0: as wanted. 1: something differs, after mending too. */
export async function runProtect(
  apply: boolean,
  { branch: only, ...options }: ProtectOptions,
  terminal: Terminal,
): Promise<number> {
  const project = await openProject({ ...options, event: "manual" }, terminal.env, terminal.cwd);
  if (!project.ok) return refuse(project.problems, options, terminal);
  const { source, trigger, config, survey } = project.value;
  const connection = await connectToGithub(source.root, terminal.env, trigger.repository);
  if (!connection.ok) return refuse(connection.problems, options, terminal);
  const act = apply ? "apply" : "check";
  const parts = await protectRepository(connection.value, { act, config, survey, only });
  if (!parts.ok) return refuse(parts.problems, options, terminal);
  show(parts.value, options, terminal);
  return exitOfParts(parts.value);
}

function show(parts: readonly Part[], options: CommonOptions, terminal: Terminal): void {
  const problems = problemsOf(parts);
  if (options.json) {
    terminal.stdout.write(`${JSON.stringify(jsonOf(parts, problems), null, 2)}\n`);
    return;
  }
  terminal.stdout.write(protectionText(parts));
  terminal.stderr.write(problems.map((problem) => `${describeProblem(problem)}\n`).join(""));
}

function jsonOf(parts: readonly Part[], errors: readonly Problem[]): object {
  const list = (key: "drift" | "mended") =>
    parts.flatMap((part) =>
      part[key].map(({ path, wanted, found }) => ({
        path: `${part.name}.${path}`,
        wanted,
        found: found ?? null,
      })),
    );
  const drift = list("drift");
  const verdict = errors.length > 0 ? "unknown" : drift.length > 0 ? "failed" : "passed";
  const warnings = parts.flatMap(({ name, absent, warnings: own }) =>
    absent ? [`${name} is not on GitHub, so nothing is protected`] : own,
  );
  return { verdict, drift, mended: list("mended"), warnings, errors };
}
