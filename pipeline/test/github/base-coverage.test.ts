import { describe, expect, it } from "vitest";
import { findBaseCoverage } from "../../src/github/base-coverage.ts";
import { baseArtifact } from "../builders/base-artifact.ts";
import { type ZipFile, zipOf } from "../builders/zip.ts";
import type { Fault } from "../stand-ins/github/fault.ts";
import { storeOperation } from "../stand-ins/github/http/store.ts";
import { addRun } from "../stand-ins/github/world/workflow-runs.ts";
import { connectTo } from "./connect.ts";
import { eachWithGithub } from "./stand-in-world.ts";

const [began, later, newest] = ["a", "b", "c"].map((sign) => sign.repeat(40)) as [
  string,
  string,
  string,
];
const branch = "develop";

describe("what the base covers", () => {
  const world = eachWithGithub();
  const run = (sha: string, artifacts = [baseArtifact(74.9)]) =>
    addRun(world().github.world, { branch, sha, artifacts });
  const find = (mergeBase?: string) => findBaseCoverage(world().asFork, { branch, mergeBase });
  const asked = () => world().github.requests.length;

  it("is read where the change began, in four requests", async () => {
    run(began, [baseArtifact(60)]);
    run(later);
    expect(await find(began)).toEqual({ branch, commit: began, stages: { "unit-tests": 60 } });
    expect(asked()).toBe(4);
  });

  it("is that of the newest run where there is none of that commit, and says so", async () => {
    run(later, [baseArtifact(60)]);
    run(newest);
    const stages = { "unit-tests": 74.9 };
    expect(await find(began)).toEqual({ branch, commit: newest, stages, insteadOf: began });
    expect(await find()).toEqual({ branch, commit: newest, stages });
  });

  it("is that of the newest run where that commit's artifact is gone or of another form", async () => {
    const old = run(began, [baseArtifact(60)]);
    run(newest);
    for (const one of old.artifacts) one.expired = true;
    expect(await find(began)).toMatchObject({ commit: newest, insteadOf: began });
    old.artifacts.splice(0);
    expect(await find(began)).toMatchObject({ commit: newest, insteadOf: began });
  });

  it("is that of a run's last attempt, and of GitHub's commit, whatever the file says", async () => {
    run(began, [baseArtifact(10), baseArtifact(20)]);
    const found = await find(began);
    expect(found).toMatchObject({ commit: began, branch, stages: { "unit-tests": 20 } });
  });

  it("is never a fork's", async () => {
    addRun(world().github.world, {
      branch,
      sha: began,
      fromFork: true,
      artifacts: [baseArtifact(1)],
    });
    expect(await find(began)).toEqual({
      unknown: "GitHub shows no green run of ci-cd.yml for a push to `develop`",
    });
  });

  const state = (content: string): ZipFile => ({ name: "state.json", content });
  const whose = "the artifact `workflow-metrics` of the base's run at `aaaaaaaaaaaa`";
  it.each<[string, Buffer, string]>([
    ["no ZIP", Buffer.from("<html>"), "cannot be read: the ZIP is broken: it is no ZIP"],
    ["cut off", baseArtifact(1).content.subarray(30), "cannot be read: the ZIP is broken"],
    ["without the file", zipOf([]), "cannot be read: the ZIP has no state.json"],
    ["without JSON", zipOf([state("{")]), "its state.json has a form that is not known"],
    ["of another form", zipOf([state('{"jobs":[]}')]), "has a form that is not known"],
    [
      "with more than a hundred percent",
      zipOf([state('{"commit_sha":"a","branch":"b","jobs":{"unit-tests":{"coverage":1e9}}}')]),
      "has a form that is not known",
    ],
    [
      "a bomb",
      zipOf([{ ...state(" ".repeat(5_000_000)), lie: { bytes: 100 } }]),
      "its state.json is too long",
    ],
    ["too long", Buffer.alloc(2 * 1024 * 1024 + 1), "is longer than 2097152 bytes"],
  ])("is not known where the ZIP is %s", async (_, content, why) => {
    run(began, [{ name: "workflow-metrics", content }]);
    const found = await find(began);
    expect(found).toEqual({ unknown: expect.stringContaining(whose) });
    expect(found).toEqual({ unknown: expect.stringContaining(why) });
  });

  it("says that the artifact has expired", async () => {
    for (const one of run(began).artifacts) one.expired = true;
    expect(await find(began)).toEqual({ unknown: `${whose} has expired` });
    expect(await find()).toEqual({ unknown: `${whose} has expired` });
  });

  it.each([
    "actions/list-workflow-runs",
    "actions/list-workflow-run-artifacts",
    "actions/download-artifact",
  ])("says which permission is missing where %s is refused", async (operation) => {
    run(began);
    const { github } = world();
    github.faults.arm(operation, { name: "status", status: 403 });
    expect(await find(began)).toEqual({
      unknown:
        "GitHub does not accept the token for this: Made to answer 403; it needs `actions: read`",
    });
  });

  it("is given up where all of it takes too long, though every request is in time", async () => {
    run(began);
    const { github, asFork } = world();
    const fault = { name: "slow", seconds: 9999, applied: "at-the-end" } as const;
    github.faults.arm(storeOperation, fault, { times: 9 });
    expect(await findBaseCoverage(asFork, { branch, mergeBase: began, seconds: 0.3 })).toEqual({
      unknown: "GitHub took longer than 0.3 s",
    });
  });

  const lasting: Fault[] = [
    { name: "drop-before" },
    { name: "truncate" },
    { name: "html" },
    { name: "status", status: 404 },
    { name: "status", status: 410 },
    { name: "status", status: 500 },
    { name: "missing-field", field: "id" },
    { name: "slow", seconds: 9999, applied: "at-the-end" },
    { name: "rate-limited", seconds: 3600, how: "retry-after" },
    { name: "rate-limited", seconds: 1, how: "secondary" },
  ];
  const operations = [
    "actions/list-workflow-runs",
    "actions/list-workflow-run-artifacts",
    "actions/download-artifact",
    storeOperation,
  ];
  /** GitHub's address of an artifact comes in a header, with no text that could be cut. */
  const harmless = (fault: Fault, operation: string) =>
    fault.name === "truncate" && operation === "actions/download-artifact";
  const cases = lasting.flatMap((fault) =>
    operations
      .filter((one) => fault.name !== "missing-field" || one.includes("/list-"))
      .filter((one) => !harmless(fault, one))
      .map((operation) => [fault, operation] as const),
  );

  it.each(cases)("is a reason in words, soon, where %j lasts at %s", async (fault, operation) => {
    run(began);
    const { github } = world();
    github.faults.arm(operation, fault, { times: 99 });
    const before = github.world.clock.now();
    const to = connectTo(github, { limits: { requestSeconds: 0.2 } });
    const found = await findBaseCoverage(to, { branch, mergeBase: began });
    expect(found).toEqual({ unknown: expect.stringMatching(/^[\w ].{10,}/) });
    expect(JSON.stringify(found)).not.toMatch(/signature|token-of-the/);
    // The stand-in's own clock: waits between tries, never the hour that GitHub asks for.
    expect(github.world.clock.now() - before).toBeLessThan(60_000);
    expect(asked()).toBeLessThan(14);
  });
});
