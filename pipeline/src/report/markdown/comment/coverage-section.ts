import type { StageRun } from "../../../execute/run.ts";
import { mostMissingFiles } from "../../../results/cobertura.ts";
import { lineRanges, plural } from "../../words.ts";
import { prose } from "../escape.ts";
import type { Links } from "../links.ts";
import { isCut, uncovered } from "./change.ts";
import type { CommentFacts } from "./comment.ts";
import type { Section } from "./fit.ts";

/** The lines of this change that no test runs, by stage. */
export function coverageSections({ run, change }: CommentFacts, links: Links): Section[] {
  const measured = run.stages.filter(({ coverage }) => coverage !== undefined);
  if (!change || measured.length === 0) return [];
  if ("unknown" in change) return [notKnown(change)];
  return measured.flatMap((stage) => sectionOf(stage, change.lines, links));
}

function notKnown({ unknown, mend }: { readonly unknown: string; readonly mend: string }): Section {
  const items = [`Not known: ${prose(unknown)}. **Mend:** ${prose(mend)}`];
  return { title: "Lines of this change that no test runs", items, word: "reason", joint: "\n" };
}

function sectionOf(
  stage: StageRun,
  lines: ReadonlyMap<string, ReadonlySet<number>>,
  links: Links,
): Section[] {
  const files = uncovered(stage, lines);
  const count = files.reduce((sum, file) => sum + file.lines.length, 0);
  const cut = isCut(stage, mostMissingFiles);
  if (count === 0 && !cut) return [];
  const end = cut
    ? { end: `Looked for in the ${mostMissingFiles} files with most uncovered lines only.` }
    : {};
  const none = ["None found."];
  const items = files.map(
    ({ file, lines: own }) => `- ${links(file, own[0])} ${own.length}: ${lineRanges(own, 12)}`,
  );
  return [
    {
      title: `${stage.id}: ${plural(count, "line")} of this change that no test runs`,
      items: count === 0 ? none : items,
      word: "file",
      joint: "\n",
      ...end,
    },
  ];
}
