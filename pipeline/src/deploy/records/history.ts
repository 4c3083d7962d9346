import type { Verdict } from "../verdict.ts";
import { type Attempt, openingHash, type Served } from "./entry.ts";
import { type Standing, type State, standingOf } from "./state.ts";

/** What served from a moment on, and which attempt brought it. */
export interface ServingChange {
  readonly at: string;
  readonly serving: Served | undefined;
  readonly fence: number;
  /** Whether it had been proven at that moment. */
  readonly proven: boolean;
}

/** What these saw may have been overtaken before they began: they say nothing of what served. */
const didNothing: ReadonlySet<Verdict> = new Set(["locked", "abandoned"]);

/** What served when, oldest first: each change that an attempt saw or caused. */
export function servingLine(standings: readonly Standing[]): readonly ServingChange[] {
  const oldestFirst = standings.toSorted((a, b) => a.attempt.fence - b.attempt.fence);
  const line: ServingChange[] = [];
  for (const { attempt } of oldestFirst.filter(({ state }) => !saysNothing(state))) {
    const { opening, fence } = attempt;
    const own = (id: string): Served => ({
      id,
      key: opening.key,
      commit: opening.commit,
      ...(opening.tag && { tag: opening.tag }),
    });
    const before = line.at(-1)?.serving;
    if (line.length === 0 || before?.id !== opening.before?.id) {
      line.push({ at: opening.at, serving: opening.before ?? undefined, fence, proven: false });
    }
    for (const { event, id, at } of attempt.entries) {
      if (id === undefined) continue;
      if (event === "live") line.push({ at, serving: own(id), fence, proven: false });
      if (event === "proven") line.push({ at, serving: own(id), fence, proven: true });
      if (event === "restored") {
        line.push({ at, serving: { ...opening.before, id }, fence, proven: true });
      }
    }
  }
  return line;
}

function saysNothing(state: State): boolean {
  return state.at === "ended" && didNothing.has(state.verdict);
}

/** The newest version that was proven and still was what served at its attempt's end. */
export function lastProven(standings: readonly Standing[]): Served | undefined {
  return servingLine(standings).findLast(({ proven }) => proven)?.serving;
}

/**
 * The version that a person means by 'back': the newest proven one that came before what serves
 * now. Twice in a row goes back twice, since coming back to a version ends what came after it.
 */
export function versionBefore(
  standings: readonly Standing[],
  now: Served | undefined,
): Served | undefined {
  const versions: Served[] = [];
  for (const { serving, proven } of servingLine(standings)) {
    if (!serving || !proven) continue;
    const known = versions.findIndex(({ commit }) => commit === serving.commit);
    if (known >= 0) versions.splice(known);
    versions.push(serving);
  }
  const newest = versions.at(-1);
  const isNow = newest && (newest.id === now?.id || newest.commit === now?.commit);
  return isNow ? versions.at(-2) : newest;
}

/** Where the record has been changed by something else than Gantry; empty where it is whole. */
export function breaksIn(attempts: readonly Attempt[]): readonly string[] {
  const oldestFirst = attempts.toSorted((a, b) => a.fence - b.fence);
  const known = new Set<string>();
  const breaks: string[] = [];
  for (const [index, raw] of oldestFirst.entries()) {
    const { opening, fence } = raw;
    const { attempt, owner, state } = standingOf(raw);
    if (openingHash(opening) !== opening.hash) {
      breaks.push(`attempt ${fence}: its opening was changed`);
    }
    if (index > 0 && (opening.previous === null || !known.has(opening.previous))) {
      breaks.push(`attempt ${fence}: what came before it was changed or is missing`);
    }
    // What the owner wrote and does not chain was changed; after its end nobody owns anything.
    const lost = raw.entries.filter((entry) => !attempt.entries.includes(entry));
    if (state.at !== "ended" && lost.some(({ by }) => by === owner)) {
      breaks.push(`attempt ${fence}: one of its entries was changed or is missing`);
    }
    known.add(opening.hash);
    for (const { hash } of attempt.entries) known.add(hash);
  }
  return breaks;
}
