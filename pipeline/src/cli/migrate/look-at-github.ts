import type { Known, Seen } from "../../adopt/migrate/seen.ts";
import { findGreenRun } from "../../github/client/actions/workflow-runs.ts";
import { connectFromEnvironment } from "../../github/client/rest/connect-from-environment.ts";
import { describeFailure } from "../../github/client/rest/describe-failure.ts";
import { findProtection } from "../../github/client/settings/protection.ts";
import type { Answer } from "../../network/answer.ts";

/** What GitHub shows to the token that is here, or why it shows nothing. */
export async function lookAtGithub(
  branches: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Pick<Seen, "protection" | "greenRun">> {
  const connection = connectFromEnvironment(env);
  if (!connection.ok) {
    const unknown = {
      known: false,
      why: "GitHub was not asked: set GITHUB_TOKEN (and GITHUB_REPOSITORY)",
    } as const;
    return { protection: unknown, greenRun: unknown };
  }
  const [protections, run] = await Promise.all([
    Promise.all(branches.map((branch) => findProtection(connection.value, branch))),
    findGreenRun(connection.value, "ci-cd.yml"),
  ]);
  return {
    protection: together(branches, protections.map(knownOf)),
    greenRun: mapKnown(knownOf(run), (found) => found?.at.slice(0, 10)),
  };
}

function together(
  branches: readonly string[],
  answers: readonly Known<unknown>[],
): Seen["protection"] {
  const unknown = answers.find((answer) => !answer.known);
  if (unknown && !unknown.known) return unknown;
  return {
    known: true,
    value: Object.fromEntries(
      branches.map((branch, at) => {
        const answer = answers[at];
        return [branch, answer?.known === true && answer.value !== undefined];
      }),
    ),
  };
}

function knownOf<T>(answer: Answer<T>): Known<T> {
  return answer.kind === "ok"
    ? { known: true, value: answer.value }
    : { known: false, why: `GitHub did not say: ${describeFailure(answer)}` };
}

function mapKnown<A, B>(known: Known<A>, change: (value: A) => B): Known<B> {
  return known.known ? { known: true, value: change(known.value) } : known;
}
