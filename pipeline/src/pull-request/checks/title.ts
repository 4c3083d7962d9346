import { nearest } from "../../config/nearest.ts";
import { notAsked, type PullRequestCheck } from "../check.ts";
import type { PullRequestRules } from "../rules.ts";
import { hidesSomething, shown } from "../shown.ts";
import type { Title } from "../title.ts";

/** The title becomes the squashed commit, from which the next version and its notes are made. */
export const titleCheck: PullRequestCheck = {
  name: "title",
  run: ({ title }, rules) => {
    if (rules.types.length === 0) return notAsked;
    if (!title) {
      return {
        reason: "there is no title: this is no event of a pull request",
        mend: "say it with `gantry pr-checks --title TITLE`",
        required: false,
      };
    }
    const objection = objectionTo(title, rules);
    if (objection) return [{ severity: "error", ...objection }];
    return isSmall(title) ? [] : [{ severity: "warning", ...writtenLarge(title) }];
  },
};

interface Objection {
  readonly message: string;
  readonly mend: string;
}

function objectionTo(title: Title, { types }: PullRequestRules): Objection | undefined {
  const { text, type } = title;
  const example = `rename the pull request, for example to ${shown(suggestion(text, types))}`;
  if (text.trim() === "") return { message: "the title is empty", mend: example };
  if (hidesSomething(text)) {
    return {
      message: `the title ${shown(text)} has line breaks or characters that nobody sees`,
      mend: `type it anew, in one line: ${shown(text)}`,
    };
  }
  if (type === undefined) {
    return {
      message: `the title ${shown(text)} is no conventional commit: \`type(scope): subject\``,
      mend: example,
    };
  }
  if (types.includes(type)) return undefined;
  const near = nearest(type, types);
  return {
    message: `the title's type ${shown(type)} is not known; known are ${types.join(", ")}`,
    mend: near
      ? `rename the pull request to ${shown(near + text.slice(type.length))}`
      : `begin the title with one of ${types.join(", ")}`,
  };
}

/** A release does not tell cases apart; people who look for a type do. */
function isSmall({ text, type = "" }: Title): boolean {
  return text.trimStart().startsWith(type) || reverted.test(text.trim());
}

function writtenLarge({ text, type = "" }: Title): Objection {
  const small = type + text.trimStart().slice(type.length);
  return {
    message: `the title's type is not in small letters: ${shown(text)}`,
    mend: `rename the pull request to ${shown(small)}`,
  };
}

const reverted = /^revert "/i;

/** The same words as a conventional commit, as far as they can be guessed. */
function suggestion(text: string, types: readonly string[]): string {
  const words = text.trim();
  const [, type = "", scope = "", subject = ""] =
    /^(\w+)\s*(\([^)]*\))?\s*[:-]\s*(.*)$/s.exec(words) ?? [];
  const known = nearest(type.toLowerCase(), types);
  if (known && subject) return `${known}${scope}: ${subject}`;
  return `${types.includes("fix") ? "fix" : types[0]}: ${words || "what it does"}`;
}
