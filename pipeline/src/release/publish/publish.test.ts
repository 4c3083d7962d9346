import fc from "fast-check";
import { expect, test } from "vitest";
import { hashOf, historyOf } from "../../../test/builders/history.ts";
import { type Fault, Killed, ReleaseWorld } from "../../../test/builders/release-world.ts";
import { makeReleasePlan } from "../make-release-plan.ts";
import type { ReleasePlan } from "../plan.ts";
import { releaseSettings } from "../settings.ts";
import { publishRelease, publishSteps } from "./publish.ts";
import type { PublishRequest } from "./request.ts";
import type { StepReport } from "./run-steps.ts";

const history = historyOf(["feat: a", "fix: b"], { previous: "1.0.0" });
const plan = makeReleasePlan({ history, settings: releaseSettings(undefined) }) as ReleasePlan;
const assets = ["metadata.yaml", "metadata.json", "state.json", "sbom.json", "sbom.spdx"].map(
  (name) => ({ name, contentType: "text/plain", content: name }),
);
const pause = async (): Promise<void> => {};

const open = (): ReleaseWorld =>
  new ReleaseWorld({ main: [hashOf(1), hashOf(2)], develop: [hashOf(1), "theirs"] });

function run(
  world: ReleaseWorld,
  host = world.host(),
  more: Partial<PublishRequest> = {},
): Promise<StepReport[]> {
  const request: PublishRequest = {
    plan,
    host,
    branch: "main",
    assets,
    day: "2026-11-23",
    changelog: "CHANGELOG.md",
    sync: "develop",
    tell: host.tell,
    latest: true,
    ...more,
  };
  return publishRelease(request, { pause });
}

const outcomes = (reports: readonly StepReport[]): Record<string, string> =>
  Object.fromEntries(reports.map(({ id, outcome }) => [id, outcome]));

test("from nothing to a finished release", async () => {
  const world = open();
  const reports = await run(world);
  expect(reports.filter(({ outcome }) => outcome !== "made").map(({ id }) => id)).toEqual([
    "twins",
  ]);
  expect(world.seen()).toMatchObject({
    tags: { "v1.1.0": hashOf(2) },
    releases: [{ tag: "v1.1.0", draft: false, assets: assets.map(({ name }) => name).sort() }],
    pulls: [],
    told: true,
    behind: 0,
  });
  const { main, develop } = world.seen().files;
  expect(main?.["CHANGELOG.md"]).toContain("## 1.1.0 (2026-11-23)\n\n### Features\n\n- a");
  expect(develop).toEqual(main);
});

test("a second run finds everything done, and does nothing", async () => {
  const world = open();
  await run(world);
  const before = structuredClone(world.seen());
  const reports = await run(world);
  expect(new Set(reports.map(({ outcome }) => outcome))).toEqual(new Set(["there"]));
  expect(world.seen()).toEqual(before);
  expect(world.told).toHaveLength(1);
});

/** How many calls an undisturbed run makes. */
async function callsOf(prepare: (world: ReleaseWorld) => void): Promise<number> {
  const world = open();
  prepare(world);
  let calls = 0;
  await run(
    world,
    world.host(() => void calls++),
  );
  return calls;
}

const worlds: readonly (readonly [string, (world: ReleaseWorld) => void])[] = [
  ["a free repository", () => {}],
  ["protected branches", (world) => void world.protected.add("main").add("develop")],
  ["a conflict with develop", (world) => void world.conflicts.add("develop<main")],
];

test.each(worlds)("killed at every call and run again, %s ends the same", async (_, prepare) => {
  const undisturbed = open();
  prepare(undisturbed);
  await run(undisturbed);
  const calls = await callsOf(prepare);
  expect(calls).toBeGreaterThan(20);
  for (const fault of ["killed-before", "killed-after"] as const) {
    for (let at = 0; at < calls; at++) {
      const world = open();
      prepare(world);
      const host = world.host((call) => (call === at ? fault : undefined));
      await expect(run(world, host)).rejects.toThrow(Killed);
      await run(world);
      expect(world.seen(), `${fault} at call ${at}`).toEqual(undisturbed.seen());
    }
  }
});

test.each(worlds)("an answer lost at any call: %s ends the same", async (_, prepare) => {
  const undisturbed = open();
  prepare(undisturbed);
  await run(undisturbed);
  const calls = await callsOf(prepare);
  for (const fault of ["lost-before", "lost-after"] as const) {
    for (let at = 0; at < calls; at++) {
      const world = open();
      prepare(world);
      await run(
        world,
        world.host((call) => (call === at ? fault : undefined)),
      );
      const told = world.told.length;
      await run(world);
      expect(world.seen(), `${fault} at call ${at}`).toEqual(undisturbed.seen());
      expect(told).toBeLessThan(2);
    }
  }
});

test("several faults, then a run in peace: the same end", async () => {
  const undisturbed = open();
  await run(undisturbed);
  const faults = fc.constantFrom<Fault | undefined>(
    "killed-before",
    "killed-after",
    "lost-before",
    "lost-after",
    undefined,
    undefined,
    undefined,
    undefined,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(faults, { maxLength: 40 }), { maxLength: 4 }),
      async (runs) => {
        const world = open();
        for (const strikes of runs) {
          await run(
            world,
            world.host((call) => strikes[call]),
          ).catch((error: unknown) => {
            if (!(error instanceof Killed)) throw error;
          });
        }
        await run(world);
        expect(world.seen()).toEqual(undisturbed.seen());
      },
    ),
    { numRuns: 60 },
  );
});

test("two runs at once, in any order of their calls, end with one release", async () => {
  const undisturbed = open();
  await run(undisturbed);
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = open();
      const turn = (): Promise<void> => scheduler.schedule(Promise.resolve());
      const both = Promise.all([1, 2].map(() => run(world, world.host(undefined, turn))));
      await scheduler.waitFor(both);
      // Whoever came second may have looked before the first was through.
      await run(world);
      expect(world.releases).toHaveLength(1);
      expect(world.seen()).toEqual(undisturbed.seen());
    }),
    { numRuns: 60 },
  );
});

test("a tag on another commit is refused, and stays where it is", async () => {
  const world = open();
  world.tags.set("v1.1.0", hashOf(1));
  const reports = await run(world);
  expect(reports[0]).toMatchObject({ outcome: "blocked", problem: { code: "GANTRY-RELEASE-TAG" } });
  expect(new Set(reports.slice(1).map(({ outcome }) => outcome))).toEqual(new Set(["waiting"]));
  expect(world.seen()).toMatchObject({ tags: { "v1.1.0": hashOf(1) }, releases: [], told: false });
});

test("a tag without a release is finished", async () => {
  const world = open();
  world.tags.set("v1.1.0", hashOf(2));
  expect(outcomes(await run(world))).toMatchObject({
    tag: "there",
    draft: "made",
    publish: "made",
  });
});

test("three of five assets are up, one broke off: the rest follows", async () => {
  const world = open();
  world.tags.set("v1.1.0", hashOf(2));
  const up = ["metadata.yaml", "metadata.json", "state.json"];
  const held = [
    ...up.map((name, id) => ({ id, name, whole: true })),
    { id: 9, name: "sbom.json", whole: false },
  ];
  world.releases.push({
    id: 100,
    tag: "v1.1.0",
    draft: true,
    prerelease: false,
    body: "In somebody's own words",
    url: "u",
    uploadUrl: "u",
    assets: held,
  });
  expect(outcomes(await run(world))).toMatchObject({
    "asset:metadata.yaml": "there",
    "asset:sbom.json": "made",
    "asset:sbom.spdx": "made",
  });
  expect(world.seen().releases).toMatchObject([
    { draft: false, assets: assets.map(({ name }) => name).sort() },
  ]);
  expect(world.releases[0]?.body).toContain("In somebody's own words");
});

test("an immutable release that lacks an asset is said, and left alone", async () => {
  const world = open();
  await run(world, world.host(), { assets: assets.slice(0, 3) });
  world.immutable = true;
  const reports = await run(world);
  const blocked = reports.filter(({ outcome }) => outcome === "blocked");
  expect(blocked.map(({ problem }) => problem?.code)).toEqual([
    "GANTRY-RELEASE-IMMUTABLE",
    "GANTRY-RELEASE-IMMUTABLE",
  ]);
  expect(blocked[0]?.problem?.message).toContain("sbom.json");
});

test("a branch that takes pull requests only gets them", async () => {
  const world = open();
  world.protected.add("main").add("develop");
  await run(world);
  expect(world.seen().pulls).toEqual([
    {
      head: "chore/changelog-v1.1.0",
      base: "main",
      title: "docs: changelog of v1.1.0",
      open: true,
    },
    {
      head: "chore/sync-main-v1.1.0",
      base: "develop",
      title: "chore: sync main into develop after v1.1.0",
      open: true,
    },
  ]);
  const again = await run(world);
  expect(world.pulls).toHaveLength(2);
  expect(again.find(({ id }) => id === "sync")?.note).toContain("waits in pull request");
});

test("what conflicts with develop comes as a pull request", async () => {
  const world = open();
  world.conflicts.add("develop<main");
  await run(world);
  expect(world.pulls).toMatchObject([{ base: "develop", head: "chore/sync-main-v1.1.0" }]);
  expect(world.pulls[0]?.body).toContain("changed the same lines");
});

test("a webhook that is down changes nothing", async () => {
  const world = open();
  const tell: NonNullable<PublishRequest["tell"]> = async () => ({
    kind: "unknown",
    reason: "down",
  });
  const reports = await run(world, world.host(), { tell });
  expect(outcomes(reports)).toMatchObject({ publish: "made", tell: "warned", sync: "made" });
});

test("a pre-release comes without changelog and sync", () => {
  const host = open().host();
  const pre = { ...plan, channel: "beta", version: "1.1.0-beta.1", tag: "v1.1.0-beta.1" };
  const request = { plan: pre, host, branch: "beta", assets: [], day: "2026-11-23", latest: false };
  const ids = publishSteps({ ...request, changelog: "CHANGELOG.md", sync: "develop" });
  expect(ids.map(({ id }) => id)).toEqual(["tag", "draft", "publish", "twins"]);
});

test("without a develop branch there is nothing to sync", async () => {
  const world = new ReleaseWorld({ main: [hashOf(1), hashOf(2)] });
  const reports = await run(world);
  expect(reports.find(({ id }) => id === "sync")).toMatchObject({
    outcome: "there",
    note: "there is no branch develop",
  });
});
