import { type PullRequestCheck, whereKnown } from "../check.ts";
import type { PullRequestFacts } from "../facts.ts";

/**
 * Secrets in any commit of the pull request, also where a later one took them out again: who can
 * read the branch can read them.
 */
export const secretsCheck: PullRequestCheck<Pick<PullRequestFacts, "leaks">> = {
  name: "secrets",
  run: ({ leaks }, rules) =>
    whereKnown(leaks, rules, (found) =>
      found.map(({ rule, file, line, commit, what }) => ({
        severity: rules.asked ? "error" : "warning",
        ...(file !== undefined && { file, line }),
        rule,
        message: `${what} in ${file === undefined ? "the message of " : ""}commit ${commit.slice(0, 10)}`,
        mend: "renew it where it was issued, then take it out of the commits; if it is none, add it under `accepted` in gantry.yaml with a reason and a day",
      })),
    ),
};
