import type { StageRun, StepRun, TestFailure } from "../../../execute/run.ts";
import { mendOf } from "../../mend.ts";
import { isTrouble, plural, reproduceCommand, troubledSteps, wordsOf } from "../../words.ts";
import { code, codeBlock, inline, prose } from "../escape.ts";
import { failureItem, findingItem, remarkItem } from "../items.ts";
import type { Links } from "../links.ts";
import { flaky, notChecked } from "../summary.ts";
import type { CommentFacts } from "./comment.ts";
import { coverageSections } from "./coverage-section.ts";
import type { Section } from "./fit.ts";

/** Everything below the table, what matters most first. */
export function sectionsOf(facts: CommentFacts, links: Links): Section[] {
  const { run } = facts;
  return [
    ...run.stages.flatMap((stage) => failingTests(stage, links)),
    ...run.stages.flatMap(otherTrouble),
    ...coverageSections(facts, links),
    ...run.stages.flatMap((stage) => findings(stage, links)),
    remarks("Not checked", notChecked(run)),
    remarks("Flaky: failed first, then passed", flaky(run)),
    remarks("Warnings", run.warnings),
  ];
}

const tracesOfAStage = 10;
const longestTrace = 1500;
const longestTail = 1500;

function failingTests(stage: StageRun, links: Links): Section[] {
  const tests = stage.steps.flatMap((step) => step.tests ?? []);
  const failures = tests.flatMap((one): readonly TestFailure[] => one.failures);
  const failed = tests.reduce((sum, one) => sum + one.failed, 0);
  if (failures.length === 0) return [];
  return [
    {
      title: `${wordsOf(stage).symbol} ${stage.id}: ${plural(failed, "failing test")}`,
      items: failures.map((failure, index) =>
        failureItem(failure, links, index < tracesOfAStage ? longestTrace : 0),
      ),
      word: "failing test",
      joint: "\n\n",
      end: again(stage),
      beyond: Math.max(0, failed - failures.length),
    },
  ];
}

/** Steps that neither tests nor findings explain: hung, killed, unable to run, too little covered. */
function otherTrouble(stage: StageRun): Section[] {
  const unexplained = troubledSteps(stage).filter(
    ({ findings: found, tests }) => found.length === 0 && !tests?.failures.length,
  );
  const alone = isTrouble(stage.outcome) && troubledSteps(stage).length === 0;
  const items = alone ? [ownTrouble(stage)] : unexplained.map((step) => stepTrouble(stage, step));
  const saidElsewhere =
    stage.findings.length > 0 || stage.steps.some(({ tests }) => tests?.failures.length);
  const { symbol, word } = wordsOf(stage);
  return [
    {
      title: `${symbol} ${stage.id}: ${word}`,
      items,
      word: "step",
      joint: "\n\n",
      ...(saidElsewhere ? {} : { end: again(stage) }),
    },
  ];
}

function ownTrouble(stage: StageRun): string {
  const mend = mendOf(stage);
  return `${prose(stage.reason)}${mend === "" ? "" : ` – ${prose(mend)}`}`;
}

function stepTrouble(stage: StageRun, step: StepRun): string {
  const mend = mendOf(stage, step);
  const end = step.exit ? `${wordsOf(step).word}, exit ${step.exit}` : wordsOf(step).word;
  const parts = [
    `${code(step.command ?? step.title, 200)}: ${end}`,
    ...(step.explanation ? [prose(step.explanation.message)] : []),
    ...(step.tail ? [codeBlock(step.tail.slice(-longestTail))] : []),
    ...(mend === "" ? [] : [`**Mend:** ${prose(mend)}`]),
  ];
  return parts.join("\n\n");
}

function findings(stage: StageRun, links: Links): Section[] {
  if (stage.findings.length === 0) return [];
  const commands = stage.steps.filter(({ findings: found }) => found.length > 0);
  const title = `${wordsOf(stage).symbol} ${stage.id}: ${plural(stage.findings.length, "finding")}`;
  const mends = [...new Set(commands.map((step) => mendOf(stage, step)).filter(Boolean))];
  return [
    {
      title,
      items: stage.findings.map((finding) => findingItem(finding, links)),
      word: "finding",
      joint: "\n",
      end: [...mends.map((mend) => `**Mend:** ${prose(mend)}`), again(stage)].join("\n\n"),
    },
  ];
}

function again(stage: StageRun): string {
  return `Again, on any machine:\n\n${codeBlock(reproduceCommand(stage), "sh")}`;
}

function remarks(title: string, items: readonly string[]): Section {
  return { title: inline(title), items: items.map(remarkItem), word: "remark", joint: "\n" };
}
