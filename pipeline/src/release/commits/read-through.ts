import { type Message, parseMessage } from "./parse-commit.ts";

/**
 * The commits that a squashed release pull request holds, oldest first as GitHub lists them;
 * undefined where the commit speaks for itself. The squash of a single feature is that feature,
 * whatever was tried on the way: its list is read only where its own title is no answer.
 */
export function heldMessages(message: Message): Message[] | undefined {
  if (namesUpdate(message)) return undefined;
  const items = itemsOf(message.rest).map(parseMessage);
  if (!items.some(({ type }) => type !== null)) return undefined;
  return isCollection(message, items) ? items : undefined;
}

/**
 * A title that is no answer, or a chore over what are pull requests of their own. Any other kind
 * (`feat:`, `docs:`, `samples:`) is its author's word on the whole, long as the branch may have been.
 */
function isCollection(message: Message, items: readonly Message[]): boolean {
  if (message.type === null || namesRelease(message)) return true;
  if (message.type !== "chore" || /^[^:]*!:/.test(message.header)) return false;
  const own = /#(\d+)\)?$/.exec(message.header)?.[1];
  return items.map(({ header }) => pullNumber(header)).some((number) => number && number !== own);
}

/** `Release 1.2.0`, `chore: release`, `chore(main): release v2`, `chore: v1.2.0`, `develop to main`. */
function namesRelease({ type, subject }: Message): boolean {
  return (
    type === "release" ||
    /^((cut |prepare )?releas(e|ing)\b|v?\d+\.\d+\.\d+\S*( \(#\d+\))?$)/i.test(subject) ||
    /\bdevelop\b.*\b(main|master|production)\b/i.test(subject)
  );
}

/** Bots put another project's release notes below such a title, in the very form of ours. */
function namesUpdate({ scope, subject }: Message): boolean {
  return (
    /^deps\b|^deps-|^dependencies$/.test(scope ?? "") || /^(bump|update|upgrade)s?\b/i.test(subject)
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
