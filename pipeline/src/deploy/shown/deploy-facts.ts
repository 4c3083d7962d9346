import type { DeployEnd, DeployFact } from "../../report/dashboard/facts.ts";
import type { Event } from "../records/entry.ts";
import type { Standing } from "../records/state.ts";
import { meanings } from "../verdict.ts";

/** What the dashboard counts of an environment's record: its attempts, oldest first. */
export function deployFacts(standings: readonly Standing[]): readonly DeployFact[] {
  return standings.toSorted((a, b) => a.attempt.fence - b.attempt.fence).map(factOf);
}

function factOf({ attempt, state }: Standing): DeployFact {
  const { opening, entries, fence } = attempt;
  const found = (event: Event) => entries.find((entry) => entry.event === event);
  const moment = (event: Event): number | undefined => {
    const at = found(event)?.at;
    return at === undefined ? undefined : Date.parse(at);
  };
  const wasLive = entries.some((entry) => entry.event === "live" || entry.wasLive === true);
  return {
    fence,
    key: opening.key,
    kind: opening.kind,
    commit: opening.commit,
    ...(opening.tag !== undefined && { tag: opening.tag }),
    at: Date.parse(opening.at),
    ...given("liveAt", moment("live")),
    ...given("provenAt", moment("proven")),
    ...given("restoredAt", moment("restored")),
    ...given("endedAt", moment("ended")),
    ...(state.at === "ended" && { verdict: state.verdict }),
    end: endOf(state),
    served: wasLive,
    ...given("id", (found("live") ?? found("accepted"))?.id),
    ...(opening.before && {
      before: { id: opening.before.id, ...given("key", opening.before.key) },
    }),
  };
}

function endOf(state: Standing["state"]): DeployEnd {
  if (state.at !== "ended") return "under-way";
  if (state.verdict === "live") return "proven";
  if (state.verdict === "cancelled") return "cancelled";
  if (state.verdict === "locked" || state.verdict === "abandoned") return "nothing";
  return meanings[state.verdict].exit === 1 ? "failed" : "unknown";
}

/** A field, or none where there is nothing to stand in it. */
function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
