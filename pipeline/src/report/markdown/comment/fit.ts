import { plural } from "../../words.ts";

/** A part of a comment that can be shown in part: whole items only, so that nothing stays open. */
export interface Section {
  readonly title: string;
  readonly items: readonly string[];
  /** What an item is called, where some are left out. */
  readonly word: string;
  /** Between two items. */
  readonly joint: "\n" | "\n\n";
  /** Stands behind the items, also where some are left out. */
  readonly end?: string;
  /** There are so many more that never came this far. */
  readonly beyond?: number;
}

/** What every section may take, however long those before it are. */
const share = 4000;

/** Sections in so many characters; what is too much goes from the later ones first. */
export function fitSections(sections: readonly Section[], room: number): string[] {
  const shown = sections.filter(({ items }) => items.length > 0);
  const needs = shown.map((section) => lengthOf(show(section, section.items.length)));
  const least = Math.min(share, Math.floor(room / Math.max(1, shown.length)));
  let left = room - needs.reduce((sum, need) => sum + Math.min(need, least), 0);
  return shown.flatMap((section, index) => {
    const need = needs[index] as number;
    const own = Math.min(need, least);
    const more = Math.min(need - own, left);
    left -= more;
    const text = cut(section, own + more);
    return text === undefined ? [] : [text];
  });
}

/** As many items as there is room for; nothing where there is not even room to say how many. */
function cut(section: Section, room: number): string | undefined {
  let count = section.items.length;
  const length = lengthOf(show(section, count));
  if (length > room) {
    // Without its items a section is only a little longer than its frame: the number left out grows.
    let used = lengthOf(show(section, 0)) + digits;
    count = section.items.findIndex((item) => {
      used += item.length + section.joint.length;
      return used > room;
    });
  }
  const text = show(section, count);
  return lengthOf(text) <= room ? text : undefined;
}

const digits = 20;

function lengthOf(text: string): number {
  return text.length + 2;
}

function show({ title, items, word, joint, end, beyond = 0 }: Section, count: number): string {
  const rest = items.length - count + beyond;
  const more = rest > 0 ? [`${joint === "\n" ? "- " : ""}and ${plural(rest, `more ${word}`)}`] : [];
  const list = [...items.slice(0, count), ...more].join(joint);
  return [`### ${title}`, list, ...(end === undefined ? [] : [end])].join("\n\n");
}
