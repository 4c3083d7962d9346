import type { Run } from "../../../execute/run.ts";
import { type BaseCoverage, coverageChange, type NotCompared } from "../../base-coverage.ts";
import { verdictSentence, verdictWords } from "../../words.ts";
import { code, inline, prose } from "../escape.ts";
import { againLine, heading, runUrl, stageTable } from "../head.ts";
import { createLinks } from "../links.ts";
import type { Change } from "./change.ts";
import { fitSections } from "./fit.ts";
import { sectionsOf } from "./sections.ts";
import { stampLine, stampOf } from "./stamp.ts";

/** GitHub refuses a longer one. */
export const longestComment = 65_536;

export interface CommentFacts {
  readonly run: Run;
  /** What the base covers, or why it is not known. */
  readonly base?: BaseCoverage | NotCompared | undefined;
  /** The lines that the pull request adds, as far as they are known. */
  readonly change?: Change | undefined;
}

/** The run as a pull request's one comment: its verdict always, and the rest as far as it fits. */
export function commentMarkdown(facts: CommentFacts): string {
  const { run, base } = facts;
  const known = base && "stages" in base ? base : undefined;
  const head = [
    `${stampLine(stampOf(run))}\n## ${verdictWords[run.verdict].symbol} ${inline(verdictSentence(run))}`,
    withArtifacts(run),
    stageTable(run.stages, {
      longestReason: 120,
      change: (stage) => inBrackets(coverageChange(stage, known)),
    }),
    ...(base ? [comparedWith(run, base)] : []),
    againLine(run),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
  const room = longestComment - head.length - foot.length - 4;
  return [head, ...fitSections(sectionsOf(facts, createLinks(run)), room), foot].join("\n\n");
}

const foot =
  "<sub>Gantry keeps this comment current. All of it stands in the run's report, `report.html`.</sub>\n";

/** With what coverage is compared, in one sentence. */
function comparedWith({ stages }: Run, base: BaseCoverage | NotCompared): string {
  if ("unknown" in base) return `Coverage is not compared: ${prose(base.unknown)}.`;
  const place = `${code(base.branch, 120)} at ${commit(base.commit)}`;
  const measured = stages.filter(({ coverage }) => coverage);
  if (!measured.some(({ id }) => Object.hasOwn(base.stages, id))) {
    return `Coverage is not compared: ${place} measured none of these stages.`;
  }
  const why = base.insteadOf
    ? `, its newest green run: nothing is known of ${commit(base.insteadOf)}, where this change began`
    : "";
  return `Coverage is compared with ${place}${why}.`;
}

function commit(sha: string): string {
  return code(sha.slice(0, 12));
}

function withArtifacts(run: Run): string {
  const url = runUrl(run);
  const listed = url !== undefined && /\/actions\/runs\/\d+$/.test(url);
  return `${heading(run)}${listed ? ` · [artifacts](${url}#artifacts)` : ""}`;
}

function inBrackets(change: string): string {
  return change === "" ? "" : ` (${change})`;
}
