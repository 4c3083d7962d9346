import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as github from "../../src/github/client/index.ts";
import { keepComment } from "../../src/github/comment.ts";
import { stampLine } from "../../src/report/markdown/comment/stamp.ts";
import type { Fault } from "../stand-ins/github/fault.ts";
import { connectTo } from "./connect.ts";
import { expectOk } from "./expect-ok.ts";
import { eachWithGithub } from "./stand-in-world.ts";
import { type World, worlds } from "./worlds.ts";

const startedAt = "2026-11-23T09:30:00.000Z";

/** What a run says; runs are told apart by GitHub's number. */
function word(number: number, id: number, said = `run ${id}`) {
  const stamp = { run: { id, attempt: 1 }, startedAt };
  return { number, stamp, body: `${stampLine(stamp)}\n## ${said}` };
}

async function openPull(to: github.Connection): Promise<number> {
  const sha = (await expectOk(github.findBranch(to, "main")))?.sha ?? "";
  await expectOk(github.createRef(to, "heads/change", sha));
  const file = { path: "a.md", branch: "change", message: "feat: a", content: "a" };
  await expectOk(github.putFile(to, file));
  const pull = { title: "feat: a", body: "", head: "change", base: "main" };
  return (await expectOk(github.createPull(to, pull))).number;
}

describe.each(worlds)("the one comment on %s", (_name, start) => {
  let world: World;
  let to: github.Connection;
  let number = 0;
  beforeEach(async () => {
    world = await start();
    to = { ...world.to, sleep: async () => undefined };
    number = await openPull(to);
  });
  afterEach(() => world.close());
  const bodies = async () =>
    (await expectOk(github.listComments(to, number))).map(({ body }) => body);

  it("is written, kept current, and never twice there", async () => {
    for (let count = 0; count < 110; count += 1) {
      await expectOk(github.createComment(to, number, `note ${count}`));
    }
    const first = word(number, 7);
    expect(await keepComment(to, first)).toMatchObject({ kind: "created" });
    expect(await keepComment(to, first)).toMatchObject({ kind: "unchanged" });
    const second = word(number, 8);
    expect(await keepComment(to, second)).toMatchObject({ kind: "updated" });
    expect(await keepComment(to, first)).toMatchObject({ kind: "superseded" });
    expect((await bodies()).filter((body) => body.startsWith("<!--"))).toEqual([second.body]);
    expect(await bodies()).toHaveLength(111);
  });

  it("shows a run that says more than before", async () => {
    await keepComment(to, word(number, 7));
    const more = word(number, 7, "with coverage");
    expect(await keepComment(to, more)).toMatchObject({ kind: "updated" });
    expect(await bodies()).toEqual([more.body]);
  });

  it("mends what two runs at once have made", async () => {
    const [older, newer] = [word(number, 7), word(number, 8)];
    await expectOk(github.createComment(to, number, older.body));
    await expectOk(github.createComment(to, number, newer.body));
    const again = word(number, 7, "again");
    expect(await keepComment(to, again)).toMatchObject({ kind: "superseded" });
    expect(await bodies()).toEqual([newer.body]);
  });
});

const hasty = { limits: { requestSeconds: 0.2 } };

describe("the one comment, whatever goes wrong", () => {
  const world = eachWithGithub();
  const bodies = async (number: number) =>
    (await expectOk(github.listComments(world().to, number))).map(({ body }) => body);

  const faults: Fault[] = [
    { name: "drop-before" },
    { name: "drop-after" },
    { name: "truncate" },
    { name: "html", applied: true },
    { name: "missing-field", field: "id" },
    { name: "status", status: 500 },
    { name: "status", status: 502, applied: true },
    { name: "slow", seconds: 60, applied: "at-the-end" },
    { name: "rate-limited", seconds: 5, how: "secondary" },
  ];

  it.each(faults)("%j: one comment, created and updated", async (fault) => {
    const { github: standIn } = world();
    const to = connectTo(standIn, hasty);
    const number = await openPull(world().to);
    standIn.faults.arm("issues/create-comment", fault);
    expect(await keepComment(to, word(number, 1))).toMatchObject({ kind: "created" });
    expect(await bodies(number)).toEqual([word(number, 1).body]);
    standIn.faults.arm("issues/update-comment", fault);
    expect(await keepComment(to, word(number, 2))).toMatchObject({ kind: "updated" });
    expect(await bodies(number)).toEqual([word(number, 2).body]);
  });

  it("ends with one comment, the newest run's, when runs are mixed up", async () => {
    const { github: standIn, asWorkflow } = world();
    const number = await openPull(world().to);
    const runs = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(runs, fc.boolean(), async (ids, slow) => {
        const comments = standIn.world.issues.find((one) => one.number === number)?.comments;
        comments?.splice(0);
        if (slow) standIn.faults.arm("issues/create-comment", { name: "drop-after" });
        await Promise.all(ids.map((id) => keepComment(asWorkflow, word(number, id))));
        standIn.faults.clear();
        expect(await bodies(number)).toEqual([word(number, Math.max(...ids)).body]);
      }),
      { numRuns: 15 },
    );
  });

  it("leaves comments alone that others have written with our stamp", async () => {
    const { to, asWorkflow } = world();
    const number = await openPull(to);
    const forged = word(number, 999_999, "all is well");
    await expectOk(github.createComment(to, number, forged.body));
    expect(await keepComment(asWorkflow, word(number, 1))).toMatchObject({ kind: "created" });
    expect(await bodies(number)).toEqual([forged.body, word(number, 1).body]);
  });

  it("says that a fork's token may not write", async () => {
    const { to, asFork } = world();
    const number = await openPull(to);
    expect(await keepComment(asFork, word(number, 1))).toMatchObject({
      kind: "failed",
      failure: { kind: "unauthorised" },
    });
    expect(await bodies(number)).toEqual([]);
  });

  it("does not write while it cannot look", async () => {
    const { github: standIn, asWorkflow, to } = world();
    const number = await openPull(to);
    const fault = { name: "status", status: 503 } as const;
    standIn.faults.arm("issues/list-comments", fault, { times: 9 });
    expect(await keepComment(asWorkflow, word(number, 1))).toMatchObject({ kind: "failed" });
    expect(standIn.requests.map(({ operation }) => operation)).not.toContain(
      "issues/create-comment",
    );
  });
});
