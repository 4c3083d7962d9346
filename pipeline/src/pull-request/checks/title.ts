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
    return objection ? [{ severity: "error", ...objection }] : [];
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
  const near = nearest(type.toLowerCase(), types);
  return {
    message: `the title's type ${shown(type)} is not known; known are ${types.join(", ")}`,
    mend: near
      ? `rename the pull request to ${shown(near + text.slice(type.length))}`
      : `begin the title with one of ${types.join(", ")}`,
  };
}

const reverted = /^revert\s+"(.*)"$/i;

/** The same words as a conventional commit, as far as they can be guessed. */
function suggestion(text: string, types: readonly string[]): string {
  const words = text.trim();
  const undone = reverted.exec(words)?.[1];
  if (undone !== undefined) return `revert: ${undone}`;
  const [, type = "", scope = "", subject = ""] =
    /^(\w+)\s*(\([^)]*\))?\s*[:-]\s*(.*)$/s.exec(words) ?? [];
  const known = nearest(type.toLowerCase(), types);
  if (known && subject) return `${known}${scope}: ${subject}`;
  return `${types.includes("fix") ? "fix" : types[0]}: ${words || "what it does"}`;
}
