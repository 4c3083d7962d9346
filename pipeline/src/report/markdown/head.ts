import type { Run, StageRun } from "../../execute/run.ts";
import { redStages } from "../../reproduce/choose.ts";
import { coverageWords, duration, isBelow, testWords, wordsOf } from "../words.ts";
import { stampOf } from "./comment/stamp.ts";
import { code, inline } from "./escape.ts";

/** The run's address, where it is one that may stand in a link. */
export function runUrl({ url }: Run): string | undefined {
  return url !== undefined && /^https?:\/\/[^\s()<>]+$/.test(url) ? url : undefined;
}

/** What was checked, where and how, in one line. */
export function heading(run: Run): string {
  const { trigger } = run.plan;
  const base = trigger.base === undefined ? "" : ` into ${code(trigger.base, 120)}`;
  const url = runUrl(run);
  const facts = [
    `**${inline(run.plan.name, 80)}**`,
    `${code(trigger.branch, 120)}${base}`,
    code(trigger.commit.slice(0, 12)),
    trigger.pullRequest ? `pull request ${trigger.pullRequest.number}` : trigger.event,
    run.executor === "host" ? "on a machine without an engine" : "on Dagger",
    url === undefined ? "" : `[the run](${url})`,
  ];
  return facts.filter(Boolean).join(" · ");
}

/** How to see red checks again, where GitHub knows the run by its number. */
export function againLine(run: Run): string {
  const id = stampOf(run).run?.id;
  if (id === undefined || redStages(run).length === 0) return "";
  return `This commit and plan again, in your clone: ${code(`gantry reproduce ${id}`)}`;
}

interface TableOptions {
  /** What stands behind a stage's coverage, such as its change. */
  readonly change?: (stage: StageRun) => string;
  /** Of a reason, in characters. */
  readonly longestReason?: number;
}

/** Every stage with its outcome. */
export function stageTable(stages: readonly StageRun[], options: TableOptions = {}): string {
  const rows = stages.map((stage) => {
    const { symbol, word } = wordsOf(stage);
    const quiet =
      stage.outcome === "skipped" || (stage.outcome !== "passed" && stage.steps.length === 0);
    const facts = quiet
      ? inline(stage.reason, options.longestReason)
      : [stage.tests && testWords(stage.tests), findingsOf(stage)].filter(Boolean).join(", ");
    const time = stage.seconds > 0 ? duration(stage.seconds) : "";
    const change = options.change?.(stage) ?? "";
    const cells = [`${symbol} ${stage.id}`, word, time, facts, `${coverageOf(stage)}${change}`];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| stage | outcome | time | tests and findings | coverage |",
    "|:--|:--|--:|:--|:--|",
    ...rows,
  ].join("\n");
}

function findingsOf({ findings }: StageRun): string {
  return findings.length === 0
    ? ""
    : `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
}

function coverageOf({ coverage }: StageRun): string {
  if (!coverage) return "";
  const words = coverageWords(coverage).replace("<", "&lt;");
  return isBelow(coverage) ? `**${words}**` : words;
}
