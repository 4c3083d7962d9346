import type { RunDeployment } from "../../execute/run.ts";
import type { Style } from "../../report/terminal/paint.ts";
import { visibleLine } from "../../report/visible.ts";
import { meanings, type Rollback, type Verdict } from "../verdict.ts";

export interface EndWords {
  readonly headline: string;
  readonly style: Style;
  /** What a person wants to know, the most pressing first. */
  readonly lines: readonly string[];
}

/** What a deploy came to, in words. A rollback that failed is said before everything else. */
export function endWords(end: RunDeployment): EndWords {
  const verdict = end.verdict as Verdict;
  const { mend, exit } = meanings[verdict];
  const mark = exit === 0 ? "✓" : exit === 1 ? "✗" : "?";
  const version = end.version ?? end.commit.slice(0, 12);
  return {
    headline: `${mark} ${verdict}: ${end.environment} ${wordsFor(verdict, end)} (${version})`,
    style: exit === 0 ? "green" : exit === 1 ? "red" : "yellow",
    lines: [
      ...rollbackLines(end.rollback, end),
      ...end.why.map((text) => visibleLine(text)),
      ...servingLine(end),
      ...onwardLine(end),
      ...(exit === 0 ? [] : [`mend: ${mend}`]),
    ],
  };
}

function wordsFor(verdict: Verdict, { kind, key }: RunDeployment): string {
  if (verdict !== "live") return meanings[verdict].means;
  if (key === undefined) return "serves this version already, and it is well";
  return kind === "rollback"
    ? "serves an earlier version again, and it is proven"
    : meanings.live.means;
}

/** After a rollback nobody should have to guess what the next one does. */
function onwardLine({ kind, verdict, key, environment }: RunDeployment): readonly string[] {
  return kind === "rollback" && verdict === "live" && key !== undefined
    ? [
        `the next \`gantry rollback\` goes further back; forward again: \`gantry deploy --env ${environment} --ref TAG\``,
      ]
    : [];
}

function rollbackLines(rollback: Rollback, { environment }: RunDeployment): readonly string[] {
  switch (rollback) {
    case "done":
      return ["rolled back: the version before it serves again, and is proven"];
    case "failed":
      return [
        `THE ROLLBACK FAILED: look at ${environment} now; \`gantry status --env ${environment}\` shows what serves, \`gantry rollback --env ${environment} --to DEPLOYMENT\` tries another`,
      ];
    case "impossible":
      return [
        `NOT ROLLED BACK: the new version still serves; \`gantry deploy --env ${environment} --ref TAG\` brings an earlier one from its source`,
      ];
    case "not-needed":
      return [];
  }
}

function servingLine({ serving, url }: RunDeployment): readonly string[] {
  if (!serving) return [];
  const what = serving.version ?? serving.commit?.slice(0, 12) ?? "a version Gantry does not know";
  return [`serves now: ${what}, deployment ${serving.id}${url ? `, at ${url}` : ""}`];
}
