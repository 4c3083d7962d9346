import { CommitParser } from "conventional-commits-parser";

/** What a commit's message says, in the words of the convention. */
export interface Message {
  readonly header: string;
  /** In small letters, since the convention does not tell cases apart; null: not conventional. */
  readonly type: string | null;
  readonly scope: string | null;
  readonly subject: string;
  readonly breaking: boolean;
  /** How to move, from the footer; the subject where only a `!` says that it breaks. */
  readonly breakingNotes: readonly string[];
  /** What it takes back: another commit's header, hash, or pull request. */
  readonly reverts: Reverted | null;
  readonly references: readonly Reference[];
  /** What stands below the header. */
  readonly rest: string;
}

export interface Reverted {
  readonly header?: string;
  readonly hash?: string;
  readonly pull?: string;
}

export interface Reference {
  readonly issue: string;
  readonly closes: boolean;
}

/** Nobody writes more in earnest; a parser of lines need not read megabytes. */
const longestMessage = 64 * 1024;

/** `type(scope)!: subject`, where the mark says that it breaks. */
const breakingHeader = /^(\w*)(?:\((.*)\))?!: (.*)$/;

/** The convention's header, and git's words or the convention's type for what is taken back. */
const parser = new CommitParser({
  headerPattern: /^(\w*)(?:\((.*)\))?!?: (.*)$/,
  breakingHeaderPattern: breakingHeader,
  revertPattern: /^revert:?\s+"?(.+?)"?\s+This reverts commit ([0-9a-f]+)\b/is,
});

/** Reads a message by the convention. Any text is answered; what does not follow has no type. */
export function parseMessage(text: string): Message {
  const message = text.slice(0, longestMessage).trim();
  if (message === "") return empty;
  const parsed = parser.parse(message);
  const header = (parsed.header ?? "").trim();
  const type = parsed.type?.toLowerCase() || null;
  const subject = ((type && parsed.subject) || header).trim();
  const notes = parsed.notes.map((note) => note.text.trim());
  const marked = type !== null && breakingHeader.test(header);
  return {
    header,
    type: type ?? (githubRevert.test(header) ? "revert" : null),
    scope: (type && parsed.scope?.trim()) || null,
    subject,
    breaking: marked || notes.length > 0,
    breakingNotes: notes.length > 0 ? notes : marked ? [subject] : [],
    reverts: revertedBy(message, header, type, parsed.revert),
    references: parsed.references.flatMap(({ action, issue, owner, prefix }) =>
      owner === null && prefix === "#" && /^\d+$/.test(issue)
        ? [{ issue, closes: action !== null }]
        : [],
    ),
    rest: message.slice(message.indexOf(header) + header.length).trim(),
  };
}

const empty: Message = {
  header: "",
  type: null,
  scope: null,
  subject: "",
  breaking: false,
  breakingNotes: [],
  reverts: null,
  references: [],
  rest: "",
};

/** The title of GitHub's own revert button; merged by squash, its number stands behind it. */
const githubRevert = /^Revert "(.+)"(?: \(#\d+\))?$/i;

/**
 * The library knows git's own words (`This reverts commit …`). GitHub's button says
 * `Reverts owner/name#12`, and the convention suggests a `Refs:` footer.
 */
function revertedBy(
  message: string,
  header: string,
  type: string | null,
  found: Readonly<Record<string, string | null>> | null,
): Reverted | null {
  const titled = githubRevert.exec(header)?.[1];
  const typed = type === "revert" ? header.slice(header.indexOf(":") + 1).trim() : undefined;
  if (!found && !titled && !typed) return null;
  const hash =
    found?.hash ??
    /\bThis reverts commit ([0-9a-f]{7,64})\b/i.exec(message)?.[1] ??
    (typed ? /^Refs: ?([0-9a-f]{7,64})\b/im.exec(message)?.[1] : undefined);
  const pull = /^Reverts (?:[\w.-]+\/[\w.-]+)?#(\d+)\s*$/im.exec(message)?.[1];
  const name = titled ?? found?.header ?? typed;
  return { ...(name && { header: name }), ...(hash && { hash }), ...(pull && { pull }) };
}
