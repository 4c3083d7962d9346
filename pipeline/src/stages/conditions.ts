import type { Decision, PlanContext } from "./context.ts";
import { no, yes } from "./context.ts";

/** What happened, in words: `push to main`, `pull request to develop`. */
export function describeTrigger({ trigger }: PlanContext): string {
  switch (trigger.event) {
    case "push":
      return `push to ${trigger.branch}`;
    case "pull-request":
      return `pull request to ${trigger.base ?? "?"}`;
    case "schedule":
      return "schedule";
    case "manual":
      return "started by hand";
  }
}

/** code-quality and unit-tests: pushes to main or develop, pull requests to either. */
export function onMainline(context: PlanContext): Decision {
  const { trigger, branches } = context;
  const branch = trigger.event === "pull-request" ? trigger.base : trigger.branch;
  if (trigger.event === "manual") return yes("started by hand");
  if (trigger.event === "schedule") return no("the schedule runs security only");
  return branch === branches.main || branch === branches.develop
    ? yes(describeTrigger(context))
    : no(
        `${describeTrigger(context)}; runs on pushes to ${branches.main} or ${branches.develop} and on pull requests to either`,
      );
}

/** security: as the checks of the code, and weekly, since advisories come without a commit. */
export function onMainlineOrSchedule(context: PlanContext): Decision {
  return context.trigger.event === "schedule" ? yes("schedule") : onMainline(context);
}

/** integration-tests: pushes to develop, and pull requests. */
export function onDevelopOrPullRequest(context: PlanContext): Decision {
  const { trigger, branches } = context;
  if (trigger.event === "manual") return yes("started by hand");
  if (trigger.event === "pull-request") return onMainline(context);
  return trigger.event === "push" && trigger.branch === branches.develop
    ? yes(describeTrigger(context))
    : no(`${describeTrigger(context)}; runs on pushes to ${branches.develop} and on pull requests`);
}

/** smoke-tests: pushes to main, and pull requests to main. */
export function onMain(context: PlanContext): Decision {
  const { trigger, branches } = context;
  const branch = trigger.event === "pull-request" ? trigger.base : trigger.branch;
  if (trigger.event === "manual") return yes("started by hand");
  return trigger.event !== "schedule" && branch === branches.main
    ? yes(describeTrigger(context))
    : no(
        `${describeTrigger(context)}; runs on pushes to ${branches.main} and on pull requests to ${branches.main}`,
      );
}

/** e2e-tests: pull requests to main, before it is released. */
export function onPullRequestToMain(context: PlanContext): Decision {
  const { trigger, branches } = context;
  if (trigger.event === "manual") return yes("started by hand");
  return trigger.event === "pull-request" && trigger.base === branches.main
    ? yes(describeTrigger(context))
    : no(`${describeTrigger(context)}; runs on pull requests to ${branches.main}`);
}

/** Deploy and release: a push to the branch, and then as a command of their own. */
export function onPushTo(branch: string, context: PlanContext): Decision {
  const { trigger } = context;
  return trigger.event === "push" && trigger.branch === branch
    ? yes(`push to ${branch}`)
    : no(`${describeTrigger(context)}; runs on pushes to ${branch}`);
}
