import type { Known, PullRequestFacts, Unknown } from "./facts.ts";
import type { NotChecked, PullRequestFinding } from "./finding.ts";
import type { PullRequestRules } from "./rules.ts";

/** One of the checks: what it found, or why it could not be asked. */
export interface PullRequestCheck<Facts = PullRequestFacts> {
  readonly name: string;
  readonly run: (facts: Facts, rules: PullRequestRules) => Outcome;
}

type Said = Omit<PullRequestFinding, "check">;

/** What this repository does not ask for was not checked, and nobody misses it. */
export const notAsked = "not-asked";

export type Outcome = readonly Said[] | Omit<NotChecked, "check"> | typeof notAsked;

/** Asks what is known; what is not known is said, and required where a config asks for it. */
export function whereKnown<T>(
  known: Known<T>,
  rules: PullRequestRules,
  ask: (value: T) => readonly Said[],
): readonly Said[] | Omit<NotChecked, "check"> {
  return "value" in known ? ask(known.value) : notKnown(known, rules.asked);
}

function notKnown({ unknown, mend }: Unknown, required: boolean): Omit<NotChecked, "check"> {
  return { reason: unknown, mend, required };
}
