import type { Config } from "../config/config.ts";
import type { Plan, Stage } from "../plan/plan.ts";
import type { ProcedureStep } from "../plan/step.ts";
import { pullRequestRulesOf } from "../pull-request/rules-of.ts";
import { describeTrigger } from "./conditions.ts";
import { no, type PlanContext, type StageDefinition, yes } from "./context.ts";
import { scanningStep, scanToolchain } from "./secret-scan.ts";

/** What is asked of a pull request itself: title, branch, files, merge, secrets. */
export const prChecks: StageDefinition = {
  id: "pr-checks",
  kind: "check",
  needs: [],
  blocking: () => true,
  decide: (context) => {
    const { event, branch, base, commit, fork, pullRequest } = context.trigger;
    if (event !== "pull-request") return no("runs on pull requests");
    if (/^0+$/.test(commit)) return no("there is no commit that could become a pull request");
    return branch === base && !fork && !pullRequest
      ? no(`\`${branch}\` is the base itself: there is no pull request to check`)
      : yes(describeTrigger(context));
  },
  steps: (context) => [stepOf(context)],
};

function stepOf({ config, branches, trigger }: PlanContext): ProcedureStep {
  return {
    ...scanningStep(pullRequestRulesOf(config, branches, trigger.base ?? branches.main)),
    id: "checks",
    title: "title, branch, files, merge, secrets",
    procedure: "pr-checks",
  };
}

/** What brings the secret scanner, where the stage runs. */
export function prChecksToolchain(
  stages: readonly Stage[],
  images: Config["images"],
): Plan["toolchains"] {
  return stages.some(({ id, run }) => id === "pr-checks" && run) ? scanToolchain(images) : {};
}
