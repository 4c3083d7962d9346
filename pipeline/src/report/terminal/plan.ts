import { joinWords } from "../../config/words.ts";
import type { Plan, Stage } from "../../plan/plan.ts";
import type { Step } from "../../plan/step.ts";
import { typedCommand } from "../../plan/typed-command.ts";

export interface PlanTextOptions {
  readonly color: boolean;
  readonly verbose: boolean;
}

/** A plan as a person reads it: what runs, what does not, why, and what was inferred from what. */
export function planText(plan: Plan, options: PlanTextOptions): string {
  const { trigger } = plan;
  const what =
    trigger.event === "pull-request"
      ? `pull request from ${trigger.branch} to ${trigger.base}`
      : `${trigger.event} of ${trigger.branch}`;
  const width = Math.max(...plan.stages.map((stage) => stage.id.length));
  return [
    `${plan.name}: ${what} at ${trigger.commit.slice(0, 12)}`,
    `source ${plan.source}`,
    "",
    ...plan.stages.flatMap((stage) => stageLines(stage, width, options)),
    ...inferredLines(plan),
    ...plan.warnings.map((warning) => `warning: ${warning}`),
    "",
  ].join("\n");
}

function stageLines(stage: Stage, width: number, options: PlanTextOptions): string[] {
  const kind = stage.run && stage.kind === "act" ? " (an act: `gantry deliver` runs it)" : "";
  const blocking = stage.run && !stage.blocking ? " (not blocking)" : "";
  const head = `${stage.run ? "run " : "skip"}  ${stage.id.padEnd(width)}  ${stage.reason}${kind}${blocking}`;
  const steps = stage.steps.filter((step) => options.verbose || !step.early);
  return [
    stage.run ? paint(head, "1", options) : paint(head, "2", options),
    ...steps.map((step) => `        ${step.id}: ${stepWords(step)}`),
  ];
}

function stepWords(step: Step): string {
  switch (step.kind) {
    case "exec":
      return step.audit?.lacks ?? typedCommand(step.argv);
    case "build-image":
      return `build ${step.dockerfile}`;
    case "serve":
      return `start it on port ${step.port}${step.process ? `, without Docker as \`${joinWords(step.process.argv)}\`` : ""}`;
    case "probe":
      return `ask ${step.requests.map(({ method, path }) => `${method} ${path}`).join(", ")}`;
    case "procedure":
      return step.procedure;
  }
}

function inferredLines(plan: Plan): string[] {
  if (plan.inferred.length === 0) return [];
  return [
    "",
    plan.origin === "file"
      ? "inferred, since gantry.yaml does not say:"
      : "inferred (no gantry.yaml):",
    ...plan.inferred.map(({ what, from }) => `  ${what}, from ${from}`),
  ];
}

function paint(text: string, code: string, { color }: PlanTextOptions): string {
  return color ? `\u001b[${code}m${text}\u001b[0m` : text;
}
