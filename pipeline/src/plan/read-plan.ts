import { fail, ok, type Result } from "../errors/problem.ts";
import { planObjections } from "./check-plan.ts";
import { type Plan, plan as planSchema, planVersion } from "./plan.ts";

/** Reads a plan that was made elsewhere; another version is refused, not guessed at. */
export function readPlan(text: string, file: string): Result<Plan> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return invalid(file, `it is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  const version = (json as { version?: unknown } | null)?.version;
  if (version !== planVersion) {
    return fail({
      code: "GANTRY-PLAN-VERSION",
      file,
      message: `the plan has version ${JSON.stringify(version) ?? "none"}; this Gantry reads version ${planVersion}`,
      mend: "make the plan again with this version: `gantry plan --json`",
    });
  }
  const parsed = planSchema.safeParse(json);
  const objections = parsed.success
    ? planObjections(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join(".") || "it"}: ${issue.message}`);
  return parsed.success && objections.length === 0
    ? ok(parsed.data)
    : invalid(file, ...objections.slice(0, maximumObjections));
}

const maximumObjections = 20;

function invalid(file: string, ...reasons: readonly string[]): ReturnType<typeof fail> {
  return fail(
    ...reasons.map((why) => ({
      code: "GANTRY-PLAN-INVALID" as const,
      file,
      message: `the plan cannot be used: ${why}`,
      mend: "make it again with `gantry plan --json`, and do not edit it",
    })),
  );
}
