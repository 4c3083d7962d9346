import type { Answer } from "../../network/answer.ts";
import type { Sighting } from "../provider.ts";
import type { Opening, Served } from "../records/entry.ts";
import { type Opened, type OpeningDraft, openAttempt } from "../records/journal.ts";
import { isProven, knownAs } from "../records/served.ts";
import type { Standing } from "../records/state.ts";
import type { Verdict } from "../verdict.ts";
import { advance, pickUp } from "./advance.ts";
import { couldNot, type DeployEnd, endOf, type Facts, lockedBy, notRecorded } from "./end.ts";
import { makeKey } from "./key.ts";
import { proveServing } from "./prove-serving.ts";
import type { World } from "./world.ts";

/** What is to be deployed, and for whom. */
export interface Wanted extends Pick<Opening, "kind" | "commit" | "actor"> {
  readonly tag?: string | undefined;
  readonly from?: string | undefined;
  readonly source?: string | undefined;
  /** Where this run is seen. */
  readonly runUrl?: string | undefined;
  /** What is brought back at the provider, instead of sending the source. */
  readonly back?: Served | undefined;
  /** Whether to deploy what already serves once more. */
  readonly again: boolean;
  /** How long to wait for another run's deploy before this one is refused. */
  readonly waitSeconds: number;
}

/** Brings a version to an environment and proves it, or takes it back; never two at once. */
export async function deploy(world: World, wanted: Wanted): Promise<DeployEnd> {
  const preflight = await world.provider.preflight();
  if (preflight.kind !== "ok") return couldNot(world, preflight);
  const { drift, url, warnings } = preflight.value;
  for (const text of warnings) world.tell({ type: "note", text });
  const facts: Facts = { drift, url: world.settings.url ?? url };
  const until = world.writer.now() + wanted.waitSeconds * 1000;
  for (;;) {
    const serving = await world.provider.serving();
    if (serving.kind !== "ok") return couldNot(world, serving);
    const opened = await tryToOpen(world, { wanted, facts, serving: serving.value });
    if (opened.kind !== "ok") return notRecorded(world, opened, facts);
    const end = await followUp(world, opened.value, { wanted, facts, until });
    if (end) return withAddress(world, end);
  }
}

/** Some providers know where a service is reached only once it serves. */
async function withAddress(world: World, end: DeployEnd): Promise<DeployEnd> {
  if (end.kind !== "ended" || end.url !== undefined || !end.serving) return end;
  const serving = await world.provider.serving();
  return { ...end, url: serving.kind === "ok" ? serving.value?.url : undefined };
}

interface Seen {
  readonly wanted: Wanted;
  readonly facts: Facts;
  readonly serving: Sighting | undefined;
}

/** What serves was looked at before the record is read: whatever was deployed since shows there. */
function tryToOpen(world: World, { wanted, facts, serving }: Seen): Promise<Answer<Opened>> {
  return openAttempt(world.writer, (standings) => {
    const before = serving && knownAs(serving, standings);
    const same = before?.commit === wanted.commit && isProven(before.id, standings);
    // Another deployment of the same commit may have had other variables.
    const other = wanted.back !== undefined && wanted.back.id !== before?.id;
    const asWanted = same && facts.drift.length === 0 && !wanted.again && !other;
    return asWanted ? undefined : draftOf(world, wanted, before);
  });
}

function draftOf(world: World, wanted: Wanted, before: Served | undefined): OpeningDraft {
  const { kind, commit, actor, tag, from, source, runUrl, back } = wanted;
  const { environment, leaseSeconds } = world.settings;
  return {
    kind,
    commit,
    actor,
    environment,
    leaseSeconds,
    provider: world.provider.name,
    key: makeKey(world.writer.now()),
    before: before ?? null,
    ...(tag && { tag }),
    ...(from && { from }),
    ...(source && { source }),
    ...(runUrl && { url: runUrl }),
    ...(back && { back }),
  };
}

interface Going {
  readonly wanted: Wanted;
  readonly facts: Facts;
  /** Until when another run's deploy is waited for. */
  readonly until: number;
}

/** The end, or nothing where it has to be tried again. */
async function followUp(
  world: World,
  opened: Opened,
  going: Going,
): Promise<DeployEnd | undefined> {
  const { facts, until } = going;
  switch (opened.kind) {
    case "opened":
      return endOf(await advance(world, opened.standing, { pickedUp: false }), facts);
    case "not-needed":
      return proveServing(world, facts);
    case "left-over":
      return finishLeftOver(world, opened.standing, going);
    case "overtaken":
      world.tell({ type: "note", text: "something was deployed just now; looking again" });
      return undefined;
    case "locked":
      if (world.writer.now() >= until || world.signal.aborted) return lockedBy(opened.by, facts);
      world.tell({ type: "note", text: `waits for ${opened.by.attempt.opening.owner}` });
      await world.sleep(10, world.signal);
      return undefined;
  }
}

/**
 * What an ended run has left is brought to its end first. Where that was the same version, this run
 * has nothing left to do.
 */
async function finishLeftOver(
  world: World,
  left: Standing,
  { wanted, facts }: Going,
): Promise<DeployEnd | undefined> {
  const { opening } = left.attempt;
  world.tell({
    type: "note",
    text: `picks up ${opening.kind} ${opening.key}, which ${opening.owner} has left ${left.state.at}`,
  });
  const advanced = await pickUp(world, left);
  const end = endOf(advanced, facts);
  if (end.kind !== "ended" || advanced.kind !== "ended") return end;
  return settles(opening, end.verdict, wanted) ? end : undefined;
}

/** Whether what an ended run had begun is what this one wants, and was brought to a real end. */
export function settles(opening: Opening, verdict: Verdict, wanted: Wanted): boolean {
  const same = opening.commit === wanted.commit && opening.kind === wanted.kind;
  return same && verdict !== "abandoned" && verdict !== "cancelled";
}
