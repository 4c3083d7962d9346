import { type Message, parseMessage } from "./parse-commit.ts";

/**
 * The commits that a squashed release pull request holds, oldest first as GitHub lists them;
 * undefined where the commit speaks for itself. The squash of a single feature is that feature,
 * whatever was tried on the way: its list is read only where its own title is no answer.
 */
export function heldMessages(message: Message): Message[] | undefined {
  const items = itemsOf(message.rest).map(parseMessage);
  if (!items.some(({ type }) => type !== null)) return undefined;
  return isCollection(message, items) ? items : undefined;
}

function isCollection(message: Message, items: readonly Message[]): boolean {
  const own = /#(\d+)\)?$/.exec(message.header)?.[1];
  const pulls = new Set(items.map(({ header }) => pullNumber(header)).filter((n) => n !== own));
  pulls.delete(undefined);
  return message.type === null || pulls.size > 0 || namesRelease(message);
}

/** `Release 1.2.0`, `chore: release`, `chore(main): release v2`, `release: …`, `develop to main`. */
function namesRelease({ type, subject }: Message): boolean {
  return (
    type === "release" ||
    /^(cut |prepare )?releas(e|ing)\b|\bdevelop\b.*\b(main|master|production)\b/i.test(subject) ||
    /(^|\s)v?\d+\.\d+\.\d+(\s|$)/.test(subject)
  );
}

export function pullNumber(header: string): string | undefined {
  return /\(#(\d+)\)$/.exec(header)?.[1];
}

/** Only a list item that starts with a header of the convention starts a commit. */
const itemStart = /^[*-] (?=(?:[a-z]\w*(?:\([^()]*\))?!?: \S|Revert "))/i;

function itemsOf(text: string): string[] {
  const items: string[][] = [];
  const lines = text.split(/\r?\n/);
  // GitHub puts the co-authors of all of them under a line.
  const end = lines.findIndex((line) => /^-{5,}$/.test(line));
  for (const line of end < 0 ? lines : lines.slice(0, end)) {
    if (itemStart.test(line)) items.push([line.slice(2)]);
    // An item that follows no convention belongs to nobody's body.
    else if (/^[*-] /.test(line) && items.at(-1)?.at(-1) === "") items.push([line.slice(2)]);
    else items.at(-1)?.push(line);
  }
  return items.map((item) => item.join("\n").trim());
}
