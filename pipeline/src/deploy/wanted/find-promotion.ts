import { fail, ok, type Result } from "../../errors/problem.ts";
import { describeProviderFailure } from "../describe-provider.ts";
import type { OpenEnvironment } from "../opened.ts";
import { readStandings } from "../records/journal.ts";
import { noRecord } from "../records/no-record.ts";
import { isProven, knownAs } from "../records/served.ts";

export interface Promotion {
  readonly kind: "promote";
  readonly from: string;
  readonly commit: string;
  readonly tag?: string;
}

/** What serves in the other environment, if it was proven there: nothing else is promoted. */
export async function findPromotion(opened: OpenEnvironment): Promise<Result<Promotion>> {
  const { provider, store } = opened;
  const from = opened.environment.name;
  const standings = await readStandings(store, 20);
  if (standings.kind !== "ok") return noRecord(opened, standings);
  const serving = await provider.serving();
  if (serving.kind !== "ok")
    return notPromoted(from, describeProviderFailure(provider.name, serving));
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
