import { readStandings } from "../../deploy/records/journal.ts";
import { isProven, knownAs } from "../../deploy/records/served.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { describeFailure } from "../../network/answer.ts";
import type { Project } from "../project.ts";
import { noRecord } from "./find-rollback.ts";
import { openEnvironment } from "./open-environment.ts";

export interface Promotion {
  readonly kind: "promote";
  readonly from: string;
  readonly commit: string;
  readonly tag?: string;
}

/** What serves in the other environment, if it was proven there: nothing else is promoted. */
export async function findPromotion(
  project: Project,
  from: string,
  env: NodeJS.ProcessEnv,
): Promise<Result<Promotion>> {
  const opened = await openEnvironment(project, from, env);
  if (!opened.ok) return opened;
  const { provider, store } = opened.value;
  const standings = await readStandings(store, 20);
  if (standings.kind !== "ok") return noRecord(opened.value, standings);
  const serving = await provider.serving();
  if (serving.kind !== "ok") return notPromoted(from, describeFailure(provider.name, serving));
  if (!serving.value) return notPromoted(from, "nothing serves there");
  const { id, commit, tag } = knownAs(serving.value, standings.value);
  if (!commit || !isProven(id, standings.value)) {
    return notPromoted(from, `what serves there (${id}) was not proven by Gantry`);
  }
  return ok({ kind: "promote", from, commit, ...(tag && { tag }) });
}

function notPromoted(from: string, why: string): Result<never> {
  return fail({
    code: "GANTRY-PROMOTION",
    message: `nothing can be promoted from \`${from}\`: ${why}`,
    mend: `\`gantry deploy --env ${from}\` first; what is proven there can be promoted`,
  });
}
