import type { Run, StepRun } from "../../execute/run.ts";
import { isRed } from "../../execute/verdict.ts";
import { looksLikeNetwork } from "../locks/lock-command.ts";
import type { Checked } from "./ports.ts";

/** What a run says of the updates in it; a network that failed while installing says nothing. */
export function checkedRun(run: Run): Checked {
  const steps = run.stages.flatMap((stage) => stage.steps);
  const red = steps.filter(({ outcome, blocking }) => blocking && isRed(outcome));
  const components = [...new Set(red.flatMap(({ component }) => component ?? []))];
  const lost = red.find(({ tail }) => tail !== undefined && looksLikeNetwork(tail));
  if (lost) return { verdict: "unknown", reason: `${lost.title}: the network failed`, components };
  if (run.verdict === "passed") return { verdict: "green", reason: "", components };
  const reason = reasonOf(run, red);
  return { verdict: run.verdict === "failed" ? "red" : "unknown", reason, components };
}
function reasonOf({ stages, verdict }: Run, red: readonly StepRun[]): string {
  const [first] = red;
  if (!first) {
    const open = stages.find(({ outcome }) => outcome !== "passed" && outcome !== "skipped");
    const why = open?.steps.find(({ outcome }) => outcome !== "passed")?.explanation?.message;
    return `${open?.id ?? "the checks"}: ${why ?? open?.outcome ?? verdict}`;
  }
  const [failure, ...more] = first.tests?.failures ?? [];
  const what = failure
    ? `${failure.name}${more.length > 0 ? ` and ${more.length} more` : ""}`
    : (first.findings[0]?.message ?? first.explanation?.message ?? lastLine(first.tail));
  return `${first.title}: ${what || first.outcome}`;
}

/** npm ends with where its log is, which says nothing. */
function lastLine(tail: string | undefined): string {
  const lines = tail?.split("\n") ?? [];
  const told = lines.findLast(
    (line) => line.trim() !== "" && !/complete log of this run/.test(line),
  );
  return told?.trim() ?? "";
}
