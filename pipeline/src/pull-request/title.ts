import { parseMessage } from "../release/commits/parse-commit.ts";

/** A title as it was written, and what a release will read in it. */
export interface Title {
  readonly text: string;
  /** In small letters; absent where it is no conventional commit. GitHub's own reverts are some. */
  readonly type?: string;
}

/** Reads a title in the same way as a release reads commits. */
export function readTitle(text: string): Title {
  const [first = ""] = text.split(/\r?\n/);
  const { type } = parseMessage(first);
  return { text, ...(type && { type }) };
}
