import { parse } from "yaml";
import type { Survey } from "../../survey.ts";
import { matrixLines } from "./matrix.ts";

/**
 * What the repository's own CI runs. Only a hint: it settles what the manifests leave open, and
 * nothing is run because a workflow alone says so.
 */
export interface Workflows {
  /** Whether some job runs a script of a package.json by this name. */
  readonly runsScript: (name: string) => boolean;
  /** Whether some job builds a package and then checks or tests it. */
  readonly buildsFirst: boolean;
  /** Every line that some job gives to its shell. */
  readonly lines: readonly string[];
  /** Those of jobs that run tests. */
  readonly testLines: readonly string[];
  /** Whether some of its checks are run by a workflow or an action of others, which nobody reads. */
  readonly handsOver: boolean;
}

export const noWorkflows: Workflows = {
  runsScript: () => false,
  buildsFirst: false,
  lines: [],
  testLines: [],
  handsOver: false,
};

const maximumLength = 64 * 1024;
const known = new WeakMap<Survey, Workflows>();

export function readWorkflows(survey: Survey): Workflows {
  const before = known.get(survey);
  if (before) return before;
  const jobs = jobsOf(survey);
  const lines = jobs.map((job) => linesOf(job).flatMap((line) => [line, ...expand(line, survey)]));
  const workflows = { ...workflowsOf(lines), handsOver: jobs.some(isHandedOver) };
  known.set(survey, workflows);
  return workflows;
}

const tests = /\b(pytest|py\.test|unittest|coverage run|tox|nox|make (test|check))\b/;

function workflowsOf(jobs: readonly (readonly string[])[]): Omit<Workflows, "handsOver"> {
  const lines = jobs.flat();
  return {
    lines,
    testLines: jobs.filter((job) => job.some((line) => tests.test(line))).flat(),
    runsScript: (name) => lines.some((line) => scriptsIn(line).includes(name)),
    buildsFirst: jobs.some((job) => {
      const build = job.findIndex((line) => scriptsIn(line).includes("build"));
      return build >= 0 && job.slice(build).some((line) => scriptsIn(line).some(isCheck));
    }),
  };
}

function scriptsIn(line: string): string[] {
  const calls = line.matchAll(/\b(?:npm|pnpm|yarn)(?:\s+run)?\s+([\w:.-]+)/g);
  return [...calls].map(([, script]) => script as string);
}

function isCheck(script: string): boolean {
  return /^(test|vitest|jest|mocha|lint|types|typecheck|type-check)\b/.test(script);
}

type Job = Readonly<Record<string, unknown>>;

/** Every job of every workflow, in order. */
function jobsOf({ texts }: Survey): Job[] {
  return [...texts]
    .filter(([file, text]) => file.startsWith(".github/workflows/") && text.length < maximumLength)
    .flatMap(([, text]) => Object.values(tableOf(tableOf(parsed(text)).jobs)).map(tableOf));
}

/** A workflow of the same repository is read like any other. */
function isHandedOver(job: Job): boolean {
  if (typeof job.uses === "string") return !job.uses.startsWith("./");
  const actions = stepsOf(job).map(({ uses }) => uses);
  return actions.some((action) => typeof action === "string" && judging.test(action));
}

const judging = /lint|prettier|biome|type-?check|pre-commit/i;

/** The lines of a script or of a Makefile's target that a line starts. */
function expand(line: string, { texts }: Survey): string[] {
  const script = /^\s*(?:(?:ba)?sh\s+)?(?:\.\/)?((?:scripts?|bin|ci|tools)\/[\w./-]+)/.exec(
    line,
  )?.[1];
  if (script) return (texts.get(script) ?? "").split("\n");
  const targets = /^\s*make\s+([\w\s-]+)$/.exec(line)?.[1]?.split(/\s+/) ?? [];
  return targets.flatMap((target) => recipeOf(target, texts.get("Makefile") ?? ""));
}

function recipeOf(target: string, makefile: string): string[] {
  const lines = makefile.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`${target}:`));
  if (start < 0) return [];
  const after = lines.slice(start + 1);
  const end = after.findIndex((line) => line !== "" && !line.startsWith("\t"));
  return after.slice(0, end < 0 ? undefined : end).map((line) => line.trim().replace(/^[@-]+/, ""));
}

/** The shell lines of a job. */
function linesOf(job: Job): string[] {
  const { matrix } = tableOf(job.strategy);
  return stepsOf(job)
    .map(({ run }) => run)
    .filter((run) => typeof run === "string")
    .flatMap((run) => run.split("\n"))
    .flatMap((line) => matrixLines(line, tableOf(matrix)))
    .filter((line) => !handedOver.test(line));
}

function stepsOf({ steps }: Job): Readonly<Record<string, unknown>>[] {
  return (Array.isArray(steps) ? steps : []).map(tableOf);
}

/** Such a line runs what Gantry itself decided, so it tells nothing about the repository. */
const handedOver = /^\s*dagger\s.*\bcall\b|^\s*gantry\s/;

/** A workflow that is no YAML hints at nothing; to say so is GitHub's part. */
function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: "silent" });
  } catch {
    return undefined;
  }
}

function tableOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}
