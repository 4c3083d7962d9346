import { exitOf } from "../../errors/catalogue.ts";
import type { Problem } from "../../errors/problem.ts";
import type { Failure } from "../../network/answer.ts";
import { describeFailure } from "../client/rest/describe-failure.ts";
import type { Part } from "./protect.ts";

/** What could not be looked at or mended. */
export function problemsOf(parts: readonly Part[]): Problem[] {
  return parts.flatMap(({ name, failure }) => (failure ? [problemOf(name, failure)] : []));
}

/** 0: as wanted. 1: something differs. 2 and 3: something is not known, for want of rights or of an answer. */
export function exitOfParts(parts: readonly Part[]): number {
  const problems = problemsOf(parts);
  if (problems.length > 0) return exitOf(problems);
  return parts.some(({ drift }) => drift.length > 0) ? 1 : 0;
}

/** Of what a token may not see, GitHub says that it is not there. */
export function problemOf(name: string, failure: Failure): Problem {
  const said = describeFailure(failure);
  const hidden = failure.kind === "refused" && failure.status === 404;
  if (failure.kind === "unauthorised" || hidden) {
    return {
      code: "GANTRY-GITHUB-PERMISSION",
      message: `the token in GITHUB_TOKEN may not do this (${name}): ${said}`,
      mend: "set GITHUB_TOKEN to an administrator's token, or an app's, with `Administration: read and write`",
    };
  }
  return {
    code: "GANTRY-GITHUB-FAILED",
    message: `${name} could not be looked at or mended: ${said}`,
    mend: "say it again: what is done already is left alone",
  };
}
