import { describe, expect, it } from "vitest";
import { compareIdentity, identityIn, usualFields } from "./identity.ts";
import { type ProofRequest, prove } from "./prove.ts";
import type { Ask } from "./sample.ts";

type Said = Awaited<ReturnType<Ask>>;

const commit = "a".repeat(40);
const json = (body: unknown, status = 200): Said => ({
  ok: true,
  answer: { status, contentType: "application/json", body: JSON.stringify(body) },
});
const good = json({ deployment_id: "d1", commit });
const lost: Said = { ok: false, problem: "the name here is not known", unreachable: true };
const nobody: Said = { ok: false, problem: "nothing listens there yet" };

function ask(said: readonly Said[], given: Partial<ProofRequest> = {}) {
  let round = 0;
  return prove({
    ask: async () => said[Math.min(round++, said.length - 1)] ?? nobody,
    questions: {
      url: "http://here",
      health: { path: "/health", method: "GET", status: 200 },
      endpoints: [],
      identity: usualFields,
    },
    wanted: { deployments: ["d1"], commit },
    patience: { attempts: 10, intervalSeconds: 5, consecutive: 3 },
    sleep: async () => undefined,
    signal: new AbortController().signal,
    ...given,
  }).then((proof) => ({ proof, rounds: round }));
}

describe("a proof", () => {
  it("stands after so many successes in a row, and asks no more", async () => {
    expect(await ask([good])).toEqual({ proof: { kind: "proven", samples: 3 }, rounds: 3 });
  });

  it("starts counting anew after a failure", async () => {
    expect(await ask([good, good, nobody, good])).toMatchObject({ proof: { samples: 6 } });
  });

  it("gives a slow start its attempts, and the last of them its row", async () => {
    const slow = [...Array<Said>(9).fill(nobody), good];
    expect(await ask(slow)).toEqual({ proof: { kind: "proven", samples: 12 }, rounds: 12 });
    const slower = [...Array<Said>(10).fill(nobody), good];
    expect(await ask(slower)).toMatchObject({ proof: { kind: "unhealthy" }, rounds: 10 });
  });

  it("asks in between where it is told to, so that a quick restart breaks the row", async () => {
    const patience = { attempts: 3, intervalSeconds: 5, consecutive: 2 };
    // Good at every attempt, bad at one question in between.
    const restarting = Array.from({ length: 40 }, (_, index) => (index % 4 === 2 ? nobody : good));
    const seen = await ask(restarting, { patience, pulseSeconds: 1 });
    expect(seen.proof).toMatchObject({ kind: "unhealthy" });
    expect(
      await ask(
        restarting.filter((_, index) => index % 4 === 0),
        { patience },
      ),
    ).toMatchObject({
      proof: { kind: "proven" },
    });
    const calm = await ask(Array<Said>(40).fill(good), { patience, pulseSeconds: 1 });
    expect(calm).toMatchObject({ proof: { kind: "proven", samples: 2 } });
  });

  it("is not had by flapping, and asking ends", async () => {
    const flapping = Array.from({ length: 40 }, (_, index) => (index % 2 ? nobody : good));
    const { proof, rounds } = await ask(flapping);
    expect(proof).toMatchObject({
      kind: "unhealthy",
      why: expect.stringContaining("nothing listens"),
    });
    expect(rounds).toBeLessThan(15);
  });

  it.each<[string, Said, string]>([
    [
      "a page",
      { ok: true, answer: { status: 200, contentType: "text/html", body: "<p>" } },
      "unhealthy",
    ],
    ["another deployment", json({ deployment_id: "d0", commit }), "wrong-version"],
    ["another commit", json({ commit: "b".repeat(40) }), "wrong-version"],
    ["no word on who it is", json({ status: "ok" }), "unidentified"],
    ["an empty word on who it is", json({ commit: "", deployment_id: null }), "unidentified"],
    ["a redirect", json({}, 302), "unhealthy"],
  ])("is not had by %s", async (_, said, kind) => {
    expect((await ask([said])).proof).toMatchObject({ kind });
  });

  it("is open where nobody could be asked, be it for a while or for ever", async () => {
    const why = "GET /health: the name here is not known";
    expect(await ask([lost])).toEqual({ proof: { kind: "unreachable", why }, rounds: 10 });
    expect((await ask([lost, lost, good])).proof).toEqual({ kind: "proven", samples: 5 });
    expect((await ask([good, good, lost])).proof).toEqual({ kind: "unreachable", why });
  });

  it("is decided by what was answered, where anything was", async () => {
    const unwell = await ask([lost, json({}, 503), lost]);
    expect(unwell.proof).toMatchObject({
      kind: "unhealthy",
      why: expect.stringContaining("status 503"),
    });
    const other = json({ deployment_id: "d0" });
    expect((await ask([json({}, 503), other, lost])).proof.kind).toBe("wrong-version");
  });

  it("takes the provider's word for who it is only where the config says so", async () => {
    const questions = {
      url: "http://here",
      health: { path: "/health", method: "GET", status: 200 },
      endpoints: [],
      identity: "provider",
    } as const;
    expect((await ask([json({ status: "ok" })], { questions })).proof.kind).toBe("proven");
  });

  it("ends early where waiting is useless, or nobody waits", async () => {
    const gone = await ask([nobody], { between: async () => "it has crashed" });
    expect(gone).toEqual({ proof: { kind: "gone", why: "it has crashed" }, rounds: 1 });
    const stopped = await ask([good], { signal: AbortSignal.abort() });
    expect(stopped).toEqual({ proof: { kind: "stopped" }, rounds: 0 });
  });
});

describe("an identity", () => {
  it("is found in the usual fields and in named ones", () => {
    expect(identityIn('{"deploymentId":"x","git_commit":"y"}', usualFields)).toEqual({
      deployment: "x",
      commit: "y",
    });
    const own = { deployment: ["build.id"], commit: [] };
    expect(identityIn('{"build":{"id":"x"}}', own).deployment).toBe("x");
  });

  it("is decided by the deployment where it is said: an old one may be of the same commit", () => {
    const wanted = { deployments: ["d1"], commit };
    expect(compareIdentity({ deployment: "d0", commit }, wanted)).toBe("other");
    expect(compareIdentity({ deployment: undefined, commit: commit.slice(0, 7) }, wanted)).toBe(
      "same",
    );
    expect(compareIdentity({ deployment: undefined, commit: commit.slice(0, 6) }, wanted)).toBe(
      "other",
    );
  });
});
