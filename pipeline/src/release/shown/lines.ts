import { describeProblem } from "../../errors/problem.ts";
import { visibleLine } from "../../report/visible.ts";
import type { Published } from "../publish/published.ts";
import type { StepReport } from "../publish/run-steps.ts";

const symbols: Readonly<Record<StepReport["outcome"], string>> = {
  made: "✓",
  there: "=",
  warned: "!",
  blocked: "✗",
  failed: "✗",
  waiting: "·",
};

/** One line for a step, and its problem below; `=` is what was done before. */
export function stepText(tag: string, { id, title, outcome, note, problem }: StepReport): string {
  const more = note ?? (outcome === "waiting" ? "waits for what is not done" : undefined);
  const line = `${symbols[outcome]} ${tag}  ${id}: ${title}${more ? ` (${visibleLine(more)})` : ""}`;
  return `${line}\n${problem ? `${describeProblem(problem)}\n` : ""}`;
}

/** What came of a release, in one line. */
export function publishedLine({ plan, steps, pull }: Published): string {
  if (plan.version === null) return `nothing to release: ${plan.reason}`;
  const open = steps.filter(({ problem }) => problem);
  if (open.length === 0 && pull) return `the release pull request brings ${plan.tag}`;
  return open.length === 0
    ? `${plan.tag} is released`
    : `${plan.tag} is not finished: ${open.map(({ title }) => title).join(", ")}`;
}
