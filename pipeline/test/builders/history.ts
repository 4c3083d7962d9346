import type { History, HistoryCommit } from "../../src/release/history.ts";

const author = { name: "Ada", email: "ada@example.com" };

/** A hash of forty digits for a number, so that tests can name commits. */
export function hashOf(number: number): string {
  return number.toString(16).padStart(40, "0");
}

/** A line of commits, given oldest first as their messages. */
export function lineOf(messages: readonly string[]): HistoryCommit[] {
  return messages.map((message, index) => ({
    hash: hashOf(index + 1),
    parents: index === 0 ? [] : [hashOf(index)],
    author,
    message,
  }));
}

/** A history of these commits after a version, or without one. */
export function historyOf(
  messages: readonly string[],
  { previous, ...more }: { previous?: string } & Partial<Omit<History, "previous">> = {},
): History {
  const tag = previous && { name: `v${previous}`, version: previous, commit: hashOf(9999) };
  return {
    head: hashOf(messages.length),
    branch: "main",
    commits: lineOf(messages),
    ...(tag && { previous: tag }),
    taken: tag ? [tag] : [],
    ...more,
  };
}
