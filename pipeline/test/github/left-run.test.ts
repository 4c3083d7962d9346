import { describe, expect, it } from "vitest";
import { findLeftRun } from "../../src/github/left-run.ts";
import { samplePlan, sampleTrigger } from "../builders/run.ts";
import { redRun } from "../builders/sample-runs.ts";
import { zipOf } from "../builders/zip.ts";
import { addRun } from "../stand-ins/github/world/workflow-runs.ts";
import { eachWithGithub } from "./stand-in-world.ts";

const { commit } = sampleTrigger();

function left(run: unknown = redRun(), name = "test-results") {
  return { name, content: zipOf([{ name: "run.json", content: JSON.stringify(run) }]) };
}

describe("a run that a workflow left on GitHub", { timeout: 30_000 }, () => {
  const world = eachWithGithub();

  function add(more: Partial<Parameters<typeof addRun>[1]> = {}) {
    const plain = { branch: "feature/voice", sha: commit, event: "pull_request" };
    const conclusion = "failure";
    return addRun(world().github.world, { ...plain, conclusion, artifacts: [left()], ...more });
  }

  function find(id: number, attempt?: number) {
    return findLeftRun(world().asWorkflow, { id, attempt });
  }

  it("is read in four requests, and its artifact without the token", async () => {
    const { id } = add();
    const found = await find(id);
    expect(found).toMatchObject({
      ok: true,
      value: { run: redRun(), url: `https://github.com/octo/rose/actions/runs/${id}` },
    });
    expect(world().github.requests).toHaveLength(4);
  });

  it("is of a fork where GitHub says so, whatever it says itself", async () => {
    const own = await find(add().id);
    const other = await find(add({ fromFork: true }).id);
    expect(own).toMatchObject({ value: { run: { plan: { trigger: { fork: false } } } } });
    expect(other).toMatchObject({ value: { run: { plan: { trigger: { fork: true } } } } });
  });

  it("is known by a pull request's commit, though its merge is what was checked out", async () => {
    const checkedOut = "2e".repeat(20);
    const plan = samplePlan({ trigger: sampleTrigger({ checkedOut }) });
    const artifacts = [left(redRun({ plan }))];
    expect((await find(add({ artifacts }).id)).ok).toBe(true);
  });

  it("is that of the last attempt, whose artifact came last", async () => {
    const id = 4711;
    const attempts = [1, 2].map((attempt) => left(redRun({ id: `${id}-${attempt}` })));
    add({ id, attempt: 2, artifacts: attempts });
    expect(await find(id)).toMatchObject({ value: { run: { id: "4711-2" } } });
    expect(await find(id, 2)).toMatchObject({ value: { run: { id: "4711-2" } } });
    expect(await find(id, 1)).toMatchObject({
      problems: [
        {
          code: "GANTRY-RUN-ARTIFACT",
          message: expect.stringContaining("is that of attempt 2"),
          mend: expect.stringContaining("leave `/attempts/1` out"),
        },
      ],
    });
    expect(await find(id, 3)).toMatchObject({
      problems: [
        { code: "GANTRY-RUN-NOT-FOUND", message: expect.stringContaining("no attempt 3") },
      ],
    });
  });

  it.each([
    ["is not there", 999, {}, "GANTRY-RUN-NOT-FOUND", "no run 999 in octo/rose"],
    ["still goes", 1, { conclusion: null, artifacts: [] }, "GANTRY-RUN-UNFINISHED", "still goes"],
    ["left nothing", 1, { artifacts: [] }, "GANTRY-RUN-ARTIFACT", "left no artifact"],
    [
      "left something else",
      1,
      { artifacts: [left(redRun(), "coverage")] },
      "GANTRY-RUN-ARTIFACT",
      "left no artifact",
    ],
    [
      "has no run in its artifact",
      1,
      { artifacts: [{ name: "test-results", content: zipOf([]) }] },
      "GANTRY-RUN-ARTIFACT",
      "cannot be read: the ZIP has no run.json",
    ],
    [
      "left what is no ZIP",
      1,
      { artifacts: [{ name: "test-results", content: Buffer.from("x") }] },
      "GANTRY-RUN-ARTIFACT",
      "cannot be read: the ZIP is broken",
    ],
    ["left no run", 1, { artifacts: [left({})] }, "GANTRY-PLAN-INVALID", "this is no run"],
    [
      "is another Gantry's",
      1,
      { artifacts: [left({ ...redRun(), version: 2 })] },
      "GANTRY-PLAN-VERSION",
      "planned by Gantry",
    ],
    [
      "left another one's",
      1,
      { artifacts: [left(redRun({ id: "42-1" }))] },
      "GANTRY-RUN-ARTIFACT",
      "is that of run 42",
    ],
    [
      "tells of another commit",
      1,
      { sha: "f".repeat(40) },
      "GANTRY-RUN-ARTIFACT",
      "and GitHub of fff",
    ],
  ] as const)("that %s is refused, with a mend", async (_, id, more, code, why) => {
    add({ id: 1, ...more });
    expect(await find(id)).toMatchObject({
      ok: false,
      problems: [
        { code, message: expect.stringContaining(why), mend: expect.stringMatching(/\S/) },
      ],
    });
  });

  it("has the command for pull requests named where its workflow asks that", async () => {
    const { id } = add({ file: "pr-validation.yml", artifacts: [] });
    expect(await find(id)).toMatchObject({
      problems: [
        { code: "GANTRY-RUN-ARTIFACT", mend: expect.stringContaining("gantry pr-checks") },
      ],
    });
  });

  it("whose artifact has expired is refused, whether the list knows it or only the download", async () => {
    const { id, artifacts } = add();
    const [artifact] = artifacts;
    if (artifact) artifact.expired = true;
    const expired = {
      code: "GANTRY-RUN-ARTIFACT",
      message: expect.stringContaining("has expired"),
    };
    expect(await find(id)).toMatchObject({ problems: [expired] });
    if (artifact) artifact.expired = false;
    const gone = { name: "status", status: 410 } as const;
    world().github.faults.arm("actions/download-artifact", gone, { times: 9 });
    expect(await find(id)).toMatchObject({ problems: [expired] });
  });

  it.each([
    [401, "GANTRY-GITHUB-PERMISSION", "actions: read"],
    [403, "GANTRY-GITHUB-PERMISSION", "actions: read"],
    [500, "GANTRY-GITHUB-FAILED", "in a while"],
  ] as const)("is not known where GitHub says %d", async (status, code, mend) => {
    const { id } = add();
    for (const operation of ["actions/get-workflow-run", "actions/list-workflow-run-artifacts"]) {
      world().github.faults.arm(operation, { name: "status", status }, { times: 9 });
      expect(await find(id), operation).toMatchObject({
        problems: [{ code, mend: expect.stringContaining(mend) }],
      });
      world().github.faults.clear();
    }
  });
});
