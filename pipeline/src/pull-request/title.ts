import createPreset from "conventional-changelog-conventionalcommits";
import { CommitParser, type ParserOptions } from "conventional-commits-parser";

/** A title as it was written, and what a release will read in it. */
export interface Title {
  readonly text: string;
  /** Absent where it is no conventional commit. */
  readonly type?: string;
  readonly scope?: string;
  readonly subject?: string;
}

/** Reads a title in the same way as a release reads commits. */
export function readTitle(text: string): Title {
  const { parser } = createPreset() as { parser: ParserOptions };
  const [first = ""] = text.split(/\r?\n/);
  // The parser refuses an empty line.
  if (first.trim() === "") return { text };
  const { type, scope, subject } = new CommitParser(parser).parse(first);
  return {
    text,
    ...(type && { type }),
    ...(scope && { scope }),
    ...(subject && { subject }),
  };
}
