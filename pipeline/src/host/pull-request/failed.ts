import type { Unknown } from "../../pull-request/facts.ts";
import type { GitEnd } from "../git.ts";

/** What is not known since git did not say it. */
export function gitFailed(what: string, { stderr, missing }: GitEnd): Unknown {
  if (missing) return { unknown: "git is not on this machine", mend: "install git" };
  const [first = ""] = stderr.trim().split("\n");
  return {
    unknown: `\`git ${what}\` failed: ${first}`,
    mend: "run the same git command in the repository to see more",
  };
}
