import { fail, type Result } from "../../errors/problem.ts";
import { type Answer, describeFailure } from "../../network/answer.ts";
import type { OpenEnvironment } from "../opened.ts";

/** The record could not be read: without it nothing can be said of an environment. */
export function noRecord(
  { store, environment }: Pick<OpenEnvironment, "store" | "environment">,
  failure: Exclude<Answer<never>, { kind: "ok" }>,
): Result<never> {
  return fail({
    code: "GANTRY-RECORD",
    message: describeFailure(`the record of \`${environment.name}\` (${store.place})`, failure),
    mend:
      failure.kind === "unauthorised"
        ? "give it a GITHUB_TOKEN that may read and write deployments"
        : "run the same command again when the place answers",
  });
}
