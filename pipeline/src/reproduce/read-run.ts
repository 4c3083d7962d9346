import { fail, ok, type Problem, type Result } from "../errors/problem.ts";
import { type Run, run as runSchema, runVersion } from "../execute/run.ts";
import { planVersion, type Trigger } from "../plan/plan.ts";
import { readPlan } from "../plan/read-plan.ts";
import { gantryVersion } from "../plan/version.ts";

/**
 * Reads a run that was made elsewhere, and with it the plan that it will be run by again: of another
 * form, or with a plan that cannot be run, it is refused.
 */
export function readForeignRun(text: string, file: string): Result<Run> {
  const json = jsonIn(text);
  const parsed = runSchema.safeParse(json);
  if (!parsed.success) return fail(objection(json, file, parsed.error.issues[0]));
  const plan = readPlan(JSON.stringify(parsed.data.plan), file);
  if (!plan.ok) return plan;
  const odd = oddNames(plan.value.trigger);
  if (odd.length > 0) return fail(...odd.map((why) => noRun(file, why)));
  return ok({ ...parsed.data, plan: plan.value });
}

/** These end up in commands that people are told to type: they may be nothing else than they are. */
function oddNames({ commit, checkedOut = commit, repository = "o/r" }: Trigger): string[] {
  const id = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
  return [
    ...(id.test(commit) && id.test(checkedOut) ? [] : ["plan.trigger: its commit is none"]),
    ...(/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(repository)
      ? []
      : ["plan.trigger: its repository is none"]),
  ];
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Another version of Gantry explains another form; what is of our own is broken. */
function objection(json: unknown, file: string, issue: Issue | undefined): Problem {
  const { version, plan } = partsOf(json);
  const { version: planned, gantry } = partsOf(plan);
  const form = version !== runVersion || planned !== planVersion;
  if (typeof gantry === "string" && (form || gantry !== gantryVersion)) {
    return {
      code: "GANTRY-PLAN-VERSION",
      file,
      message: `the run was planned by Gantry ${JSON.stringify(gantry.slice(0, 40))} in a form that this Gantry, ${gantryVersion}, does not know`,
      mend: "use the Gantry that made it, or check its commit out and run `gantry ci`",
    };
  }
  const where = issue?.path.map(String).join(".") || "it";
  return noRun(file, `${where}: ${issue?.message ?? "no JSON"}`);
}

function noRun(file: string, why: string): Problem {
  return {
    code: "GANTRY-PLAN-INVALID",
    file,
    message: `this is no run that can be reproduced: ${why}`,
    mend: "name a `run.json` as a run left it, or its folder",
  };
}

function partsOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
}
