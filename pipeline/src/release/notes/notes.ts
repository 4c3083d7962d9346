import type { Change } from "../commits/collect.ts";
import { type Group, groupOf } from "../commits/group.ts";
import { breakingEntry, entry } from "./entry.ts";
import { type NoteLinks, noteLinks } from "./links.ts";

export interface NotesRequest {
  /** The newest first. */
  readonly changes: readonly Change[];
  readonly previous: string | null;
  readonly tag: string;
  readonly repository?: string;
  readonly newcomers?: readonly string[];
}

/** GitHub takes 125,000 characters for a release; a list this long nobody reads to its end. */
const longestList = 200;
const longestNotes = 100_000;

/** Release notes as Markdown: what breaks and how to move, features, fixes; the rest folded. */
export function notesOf(request: NotesRequest): string {
  const links = noteLinks(request.repository);
  const { changes } = request;
  const calm = changes.filter(({ breaking }) => !breaking);
  const of = (group: Group | null): Change[] => calm.filter((change) => groupOf(change) === group);
  const text = [
    section(
      "Breaking changes",
      changes.filter(({ breaking }) => breaking).map((change) => breakingEntry(change, links)),
    ),
    section("Features", entries(of("features"), links)),
    section("Fixes", entries(of("fixes"), links)),
    folded(
      "Chores",
      of("chores").map((change) => entry(change, links, change.type ?? "")),
    ),
    folded("Other changes", entries(of(null), links)),
    thanks(request, links),
    compare(request, links),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
  return `${text.length > longestNotes ? cut(text) : text}\n`;
}

function entries(changes: readonly Change[], links: NoteLinks): string[] {
  return changes.map((change) => entry(change, links));
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `### ${title}\n\n${list(items)}`;
}

function folded(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  const summary = `<summary>${title} (${items.length})</summary>`;
  return `<details>\n${summary}\n\n${list(items)}\n\n</details>`;
}

function list(items: readonly string[]): string {
  const more = items.length - longestList;
  return [...items.slice(0, longestList), ...(more > 0 ? [`- … and ${more} more`] : [])].join("\n");
}

function thanks({ changes, newcomers = [] }: NotesRequest, links: NoteLinks): string {
  const first = new Map(
    changes
      .filter(({ author }) => newcomers.includes(author.email))
      .map(({ author }) => [author.email, links.author(author)]),
  );
  const names = [...first.values()].sort();
  if (names.length === 0) return "";
  const last = names.length > 1 ? ` and ${names.pop()}` : "";
  return `Thanks to ${names.join(", ")}${last} for a first contribution.`;
}

function compare({ previous, tag }: NotesRequest, links: NoteLinks): string {
  const link = links.compare(previous, tag);
  return link ? `**All changes:** ${link}` : "";
}

/** Between two blocks, so that no list or fold is left open. */
function cut(text: string): string {
  const end = text.lastIndexOf("\n- ", longestNotes);
  const kept = text.slice(0, Math.max(0, end));
  const open = kept.lastIndexOf("<details>") > kept.lastIndexOf("</details>");
  return `${kept}\n- … and more${open ? "\n\n</details>" : ""}`;
}
