import { exitOf } from "../errors/catalogue.ts";
import { describeProblem, fail, ok, type Problem, type Result } from "../errors/problem.ts";
import {
  type Connection,
  describeFailure,
  type Failure,
  readRepository,
} from "../github/client/index.ts";
import { applyProtection, checkProtection, type Part } from "../github/protection/protect.ts";
import { protectionText } from "../github/protection/text.ts";
import { type WantedBranch, wantedBranches } from "../github/protection/wanted.ts";
import type { CommonOptions } from "./common-options.ts";
import { connectToGithub } from "./connect-to-github.ts";
import type { Terminal } from "./main.ts";
import { openProject, type Project } from "./project.ts";
import { refuse } from "./refuse.ts";

export interface ProtectOptions extends CommonOptions {
  readonly branch?: readonly string[];
}

/** Compares, and with `apply` mends. 0: as wanted. 1: something differs, after mending too. */
export async function runProtect(
  apply: boolean,
  { branch, ...options }: ProtectOptions,
  terminal: Terminal,
): Promise<number> {
  const project = await openProject({ ...options, event: "manual" }, terminal.env, terminal.cwd);
  if (!project.ok) return refuse(project.problems, options, terminal);
  const { source, trigger } = project.value;
  const connection = await connectToGithub(source.root, terminal.env, trigger.repository);
  if (!connection.ok) return refuse(connection.problems, options, terminal);
  const branches = await wantedOf(project.value, connection.value, branch);
  if (!branches.ok) return refuse(branches.problems, options, terminal);
  const squashTitle = !branch && project.value.config.written.pullRequests?.types !== false;
  const act = apply ? applyProtection : checkProtection;
  const parts = await act(connection.value, { branches: branches.value, squashTitle });
  return show(parts, options, terminal);
}

async function wantedOf(
  { config, survey }: Project,
  connection: Connection,
  only: readonly string[] | undefined,
): Promise<Result<readonly WantedBranch[]>> {
  const repository = await readRepository(connection);
  if (repository.kind !== "ok") return fail(problemOf("the repository", repository));
  const { defaultBranch } = repository.value;
  const all = wantedBranches({ config, survey, defaultBranch });
  const unknown = only?.filter((name) => !all.some(({ branch }) => branch === name)) ?? [];
  if (unknown.length > 0) return fail(...unknown.map((name) => notNamed(name, all)));
  return ok(all.filter(({ branch }) => !only || only.includes(branch)));
}

function notNamed(name: string, all: readonly WantedBranch[]): Problem {
  return {
    code: "GANTRY-USAGE",
    message: `nothing says how ${JSON.stringify(name)} is protected`,
    mend: `name it under \`branches\` in gantry.yaml, or one of ${all.map(({ branch }) => branch).join(", ")}`,
  };
}

function show(parts: readonly Part[], options: CommonOptions, terminal: Terminal): number {
  const problems = parts.flatMap(({ name, failure }) =>
    failure ? [problemOf(name, failure)] : [],
  );
  const differs = parts.some(({ drift }) => drift.length > 0);
  if (options.json) terminal.stdout.write(`${JSON.stringify(jsonOf(parts, problems), null, 2)}\n`);
  else {
    terminal.stdout.write(protectionText(parts));
    terminal.stderr.write(problems.map((problem) => `${describeProblem(problem)}\n`).join(""));
  }
  if (problems.length > 0) return exitOf(problems);
  return differs ? 1 : 0;
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

/** Of what a token may not see, GitHub says that it is not there. */
function problemOf(name: string, failure: Failure): Problem {
  const said = describeFailure(failure);
  const hidden = failure.kind === "refused" && failure.status === 404;
  if (failure.kind === "unauthorised" || hidden) {
    return {
      code: "GANTRY-GITHUB-PERMISSION",
      message: `the token in GITHUB_TOKEN may not do this (${name}): ${said}`,
      mend: "set GITHUB_TOKEN to an administrator's token, or an app's, with `Administration: read and write`",
    };
  }
  return {
    code: "GANTRY-GITHUB-FAILED",
    message: `${name} could not be looked at or mended: ${said}`,
    mend: "say it again: what is done already is left alone",
  };
}
