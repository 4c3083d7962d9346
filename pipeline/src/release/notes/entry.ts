import { inline, prose } from "../../report/markdown/escape.ts";
import type { Change } from "../commits/collect.ts";
import { pullNumber } from "../commits/read-through.ts";
import type { NoteLinks } from "./links.ts";

/** One change as a list item: kind where its heading does not say it, scope, subject, pull request or commit, issues it closes, author. */
export function entry(change: Change, links: NoteLinks, kind = ""): string {
  const label = [kind, change.scope ?? ""]
    .filter((part) => part !== "")
    .map((part) => inline(part));
  const scope = label.length > 0 ? `**${label.join(" ")}:** ` : "";
  const pull = pullNumber(change.header);
  const subject = prose(change.subject.replace(/ \(#\d+\)$/, ""));
  const where = pull ? links.pull(pull) : links.commit(change.hash);
  return `- ${scope}${subject} (${where})${closes(change, pull, links)} by ${links.author(change.author)}`;
}

/** A breaking change with the way to move below it, unless its subject says it all. */
export function breakingEntry(change: Change, links: NoteLinks): string {
  const notes = change.breakingNotes.filter((note) => note !== "" && note !== change.subject);
  const quotes = notes.flatMap((note) => ["", ...note.split(/\r?\n/).map(quoted)]);
  return [entry(change, links), ...quotes].join("\n");
}

function closes(change: Change, pull: string | undefined, links: NoteLinks): string {
  const issues = change.references.filter(({ issue, closes }) => closes && issue !== pull);
  const numbers = [...new Set(issues.map(({ issue }) => issue))];
  return numbers.length === 0 ? "" : `, closes ${numbers.map(links.issue).join(", ")}`;
}

/** A line that would underline the one above it into a heading is no words of anybody's. */
function quoted(line: string): string {
  const text = /^\s*[-=]+\s*$/.test(line) ? "" : prose(line.trim(), 2000);
  return `  > ${text}`.trimEnd();
}
