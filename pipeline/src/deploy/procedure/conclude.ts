import { append, holds, readStandings } from "../records/journal.ts";
import { advance } from "./advance.ts";
import { deploy, settles, type Wanted } from "./deploy.ts";
import { type DeployEnd, type Ended, endOf, type Facts, notRecorded, without } from "./end.ts";
import type { TestsEnd, World } from "./world.ts";

/** How the tests of an attempt have ended, which `deploy` had left to the caller. */
export interface TestedAttempt {
  readonly key: string;
  readonly end: TestsEnd;
}

/**
 * Goes on with a deploy whose tests the caller has run; where it was another run's that was picked
 * up, with what this run wants as well.
 */
export async function goOn(
  world: World,
  wanted: Wanted,
  { key, end: tests }: TestedAttempt,
): Promise<DeployEnd> {
  const end = await conclude(world, key, tests);
  const attempt = end.attempt?.attempt;
  const isOver = end.attempt?.state.at === "ended";
  const isOwn = attempt?.opening.owner === world.writer.owner;
  if (!attempt || isOwn || !isOver || settles(attempt.opening, end.verdict, wanted)) return end;
  return deploy(world, wanted);
}

/** Renews this run's hold on an attempt while the caller runs its tests; false once it is lost. */
export async function keepHold({ writer }: Pick<World, "writer">, key: string): Promise<boolean> {
  const standings = await readStandings(writer.store, 10);
  if (standings.kind !== "ok") return false;
  const standing = standings.value.find(({ attempt }) => attempt.opening.key === key);
  if (!standing || !holds(writer, standing)) return false;
  const kept = await append(writer, standing, { event: "alive" });
  return kept.kind === "ok" && holds(writer, kept.value);
}

/** Goes on with a deploy whose tests the caller has run. */
export async function conclude(
  world: Omit<World, "tests">,
  key: string,
  tests: TestsEnd,
): Promise<Ended> {
  const facts: Facts = { drift: [], url: world.settings.url };
  const tested: World = { ...world, tests: () => Promise.resolve(tests) };
  const standings = await readStandings(world.writer.store, 10);
  if (standings.kind !== "ok") return notRecorded(tested, standings, facts);
  const standing = standings.value.find(({ attempt }) => attempt.opening.key === key);
  if (!standing) return without("unknown", facts, `the record knows no attempt ${key}`);
  const end = endOf(await advance(tested, standing, { pickedUp: false }), facts);
  if (end.kind !== "ended") throw new Error("tests were given, and asked for again");
  return end;
}
