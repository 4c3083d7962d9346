import type { Run } from "../../../execute/run.ts";
import { type BaseCoverage, coverageChange } from "../../base-coverage.ts";
import { verdictSentence, verdictWords } from "../../words.ts";
import { code, inline } from "../escape.ts";
import { heading, runUrl, stageTable } from "../head.ts";
import { createLinks } from "../links.ts";
import type { Change } from "./change.ts";
import { fitSections } from "./fit.ts";
import { sectionsOf } from "./sections.ts";
import { stampLine, stampOf } from "./stamp.ts";

/** GitHub refuses a longer one. */
export const longestComment = 65_536;

export interface CommentFacts {
  readonly run: Run;
  readonly base?: BaseCoverage | undefined;
  /** The lines that the pull request adds, as far as they are known. */
  readonly change?: Change | undefined;
  /** What people should know of how it was made, such as a base that could not be read. */
  readonly notes?: readonly string[];
}

/** The run as a pull request's one comment: its verdict always, and the rest as far as it fits. */
export function commentMarkdown(facts: CommentFacts): string {
  const { run, base } = facts;
  const head = [
    `${stampLine(stampOf(run))}\n## ${verdictWords[run.verdict].symbol} ${inline(verdictSentence(run))}`,
    withArtifacts(run),
    stageTable(run.stages, {
      longestReason: 120,
      change: (stage) => inBrackets(coverageChange(stage, base)),
    }),
    ...(base
      ? [
          `Coverage is compared with ${code(base.branch, 120)} at ${code(base.commit.slice(0, 12))}.`,
        ]
      : []),
  ].join("\n\n");
  const room = longestComment - head.length - foot.length - 4;
  return [head, ...fitSections(sectionsOf(facts, createLinks(run)), room), foot].join("\n\n");
}

const foot =
  "<sub>Gantry keeps this comment current. All of it stands in the run's report, `report.html`.</sub>\n";

function withArtifacts(run: Run): string {
  const url = runUrl(run);
  const listed = url !== undefined && /\/actions\/runs\/\d+$/.test(url);
  return `${heading(run)}${listed ? ` · [artifacts](${url}#artifacts)` : ""}`;
}

function inBrackets(change: string): string {
  return change === "" ? "" : ` (${change})`;
}
