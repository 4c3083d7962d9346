import type { Ask } from "../../../src/deploy/prove/sample.ts";
import type { Phase, Provider, Sighting } from "../../../src/deploy/provider.ts";
import type { Answer as HttpAnswer } from "../../../src/execute/expectation.ts";
import { type Answer, ok, refused } from "../../../src/network/answer.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Clock } from "./clock.ts";

export interface Version {
  readonly id: string;
  readonly key: string;
  readonly commit: string;
  readonly createdAt: number;
  readonly behaviour: Behaviour;
  readonly backOf: string | undefined;
  phase: Phase;
  liveAt: number | undefined;
  cancelled: boolean;
}

/** A place where applications run, as a value: what it does follows from the clock alone. */
export interface SimulatedProvider {
  readonly provider: Provider;
  readonly ask: Ask;
  readonly versions: readonly Version[];
  /** What answers now. */
  readonly serving: () => Version | undefined;
  /** Whether what answers now does so as it should. */
  readonly isWell: () => boolean;
  /** How the versions sent from now on behave. */
  behaviour: Behaviour;
  retention: number;
}

const buildSeconds = 20;
const startSeconds = 5;

export function simulateProvider(clock: Clock): SimulatedProvider {
  const versions: Version[] = [];
  let serving: Version | undefined;
  const sim: SimulatedProvider = {
    provider: createProvider(),
    ask,
    versions,
    serving() {
      tick();
      return serving;
    },
    isWell() {
      tick();
      return serving?.phase === "live" && (serving.behaviour.answers ?? "well") === "well";
    },
    behaviour: {},
    retention: 10,
  };
  return sim;

  function create(commit: string, key: string, backOf?: Version): Version {
    const version: Version = {
      id: `v${versions.length + 1}`,
      key,
      commit,
      createdAt: clock.now(),
      behaviour: backOf?.behaviour ?? sim.behaviour,
      backOf: backOf?.id,
      phase: "building",
      liveAt: undefined,
      cancelled: false,
    };
    versions.push(version);
    return version;
  }

  function tick(): void {
    for (const version of versions) move(version);
  }

  function move(version: Version): void {
    if (version.phase === "building" || version.phase === "deploying") build(version);
    const { crashesAfter } = version.behaviour;
    if (version.phase !== "live" || crashesAfter === undefined) return;
    if (clock.now() >= (version.liveAt ?? 0) + crashesAfter * 1000) version.phase = "crashed";
  }

  function build(version: Version): void {
    const age = (clock.now() - version.createdAt) / 1000;
    const { build: how, start, ignoresCancel } = version.behaviour;
    const calledOff = version.cancelled && !ignoresCancel;
    if (calledOff) version.phase = "removed";
    else if (how === "never-ends" && !version.cancelled) return;
    else if (age < buildSeconds) return;
    else if (how === "fails") version.phase = "failed";
    else if (age < buildSeconds + startSeconds) version.phase = "deploying";
    else if (start === undefined) goLive(version);
    else version.phase = start === "fails" ? "failed" : start;
  }

  function goLive(version: Version): void {
    if (serving) serving.phase = "removed";
    version.phase = "live";
    version.liveAt = version.createdAt + (buildSeconds + startSeconds) * 1000;
    serving = version;
  }

  function answerOf({ behaviour: { answers }, id, commit }: Version): HttpAnswer {
    const json = (body: unknown, status = 200): HttpAnswer => ({
      status,
      contentType: "application/json",
      body: JSON.stringify(body),
    });
    const round = Math.floor(clock.now() / 5000) % 2;
    switch (answers) {
      case "html":
        return { status: 200, contentType: "text/html", body: "<h1>It works</h1>" };
      case "500":
        return json({ status: "error" }, 500);
      case "flapping":
        return round === 0 ? json({ deployment_id: id, commit }) : json({}, 503);
      case "without-identity":
        return json({ status: "ok" });
      case "old-version":
        return json({ status: "ok", deployment_id: "v-old", commit: "0".repeat(40) });
      default:
        return json({ status: "ok", deployment_id: id, commit });
    }
  }

  async function ask(): ReturnType<Ask> {
    tick();
    if (serving?.phase !== "live") return { ok: false, problem: "nothing answers" };
    return { ok: true, answer: answerOf(serving) };
  }

  function sighting({ id, phase, createdAt }: Version): Sighting {
    const said = phase.toUpperCase();
    return { id, phase, said, createdAt: new Date(createdAt).toISOString(), url: undefined };
  }

  function createProvider(): Provider {
    const byId = (id: string): Answer<Version> => {
      tick();
      const found = versions.find((one) => one.id === id);
      return found ? ok(found) : refused(`no deployment ${id}`, 404);
    };
    const newest = (test: (version: Version) => boolean): Answer<Sighting | undefined> => {
      tick();
      const found = versions.findLast(test);
      return ok(found && sighting(found));
    };
    const kept = (id: string): boolean =>
      versions
        .filter(({ liveAt }) => liveAt !== undefined)
        .slice(-sim.retention)
        .some((v) => v.id === id);
    return {
      name: "railway",
      lookSeconds: () => 6,
      preflight: async () =>
        ok({ target: "a simulation", url: "http://sim", drift: [], warnings: [] }),
      applySettings: async () => ok([]),
      serving: async () => {
        tick();
        return ok(serving && sighting(serving));
      },
      find: async (key) => newest((one) => one.key === key && one.backOf === undefined),
      send: async ({ key, commit }) => ok(sighting(create(commit, key))),
      look: async (id) => {
        const found = byId(id);
        return found.kind === "ok" ? ok({ sighting: sighting(found.value), lines: [] }) : found;
      },
      cancel: async (id) => {
        const found = byId(id);
        if (found.kind !== "ok") return found;
        found.value.cancelled = true;
        return ok(true);
      },
      canBringBack: async (id) => ok(kept(id)),
      bringBack: async (id) => {
        const found = byId(id);
        if (found.kind !== "ok") return found;
        if (!kept(id)) return refused("its image is gone");
        return ok(sighting(create(found.value.commit, found.value.key, found.value)));
      },
      findBroughtBack: async ({ to, since }) =>
        newest((one) => one.backOf === to && one.createdAt >= Date.parse(since)),
      logs: async () => ok([]),
    };
  }
}
