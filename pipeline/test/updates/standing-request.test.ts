import { describe, expect, it } from "vitest";
import type { Standing } from "../../src/dependencies/contained.ts";
import { listComments, listPulls } from "../../src/github/client/index.ts";
import {
  closeRequest,
  keepRequest,
  type Wanted,
} from "../../src/github/updates/standing-request.ts";
import { expectOk } from "../github/expect-ok.ts";
import { eachWithGithub } from "../github/stand-in-world.ts";
import { commitTo, headOf } from "../stand-ins/github/world/git.ts";
import { mergePull } from "../stand-ins/github/world/merge-pull.ts";

const branch = "gantry/dependencies";
const world = eachWithGithub();

function base(): string {
  const { github } = world();
  const there = headOf(github.world, "develop");
  const files = { "uv.lock": "old", "src/a.py": "a" };
  return (there ?? commitTo(github.world, "develop", { message: "feat: rose", files })).sha;
}

function wanted(given: Partial<Wanted> = {}): Wanted {
  return {
    base: "develop",
    commit: base(),
    branch,
    title: "build(deps): update fastapi",
    body: "| fastapi |",
    labels: ["dependencies"],
    files: [{ path: "uv.lock", content: "new" }],
    ...given,
  };
}

const keep = (given?: Partial<Wanted>): Promise<Standing> =>
  expectOk(keepRequest(world().asWorkflow, wanted(given)));
const close = (): Promise<Standing> =>
  expectOk(closeRequest(world().asWorkflow, { base: "develop", commit: base(), branch }));
const head = () => headOf(world().github.world, branch);
const comments = (number: number) => expectOk(listComments(world().to, number));

function writes(): string[] {
  const { requests } = world().github;
  return requests
    .map(({ operation }) => operation)
    .filter((name) => /create|update|add/.test(name) && name !== "git/create-tree");
}

describe("the standing request", () => {
  it("is created: one commit on the base with just the files, labelled", async () => {
    expect(await keep()).toMatchObject({ action: "created", number: 1 });
    const commit = head();
    expect(commit?.parents).toEqual([base()]);
    expect(commit?.author).toBe("github-actions[bot]");
    expect(Object.fromEntries([...(commit?.files ?? [])].map(([k, v]) => [k, `${v}`]))).toEqual({
      "uv.lock": "new",
      "src/a.py": "a",
    });
    const [pull] = await expectOk(listPulls(world().to, { state: "open" }));
    expect(pull).toMatchObject({
      title: "build(deps): update fastapi",
      body: "| fastapi |",
      labels: ["dependencies"],
      head: { branch },
      base: { branch: "develop" },
    });
  });

  it("is not touched where nothing is new", async () => {
    await keep();
    const before = writes().length;
    const sha = head()?.sha;
    expect(await keep()).toMatchObject({ action: "unchanged", number: 1 });
    expect(writes().slice(before)).toEqual([]);
    expect(head()?.sha).toBe(sha);
  });

  it("is refreshed from the base as it is now, and stays the only one", async () => {
    await keep();
    commitTo(world().github.world, "develop", { message: "fix: a", files: { "src/a.py": "b" } });
    const files = [{ path: "uv.lock", content: "newer" }];
    const title = "build(deps): update 2 packages";
    expect(await keep({ files, title })).toMatchObject({ action: "refreshed", number: 1 });
    expect(head()?.parents).toEqual([base()]);
    expect(`${head()?.files.get("src/a.py")}${head()?.files.get("uv.lock")}`).toBe("bnewer");
    const pulls = await expectOk(listPulls(world().to, { state: "all" }));
    expect(pulls.map((pull) => pull.title)).toEqual([title]);
  });

  it.each(["a commit of a person", "an amended commit"])("is left alone after %s", async (what) => {
    await keep();
    const { world: state } = world().github;
    const message = what.startsWith("an") ? (head()?.message ?? "") : "fix: by hand";
    const theirs = commitTo(state, branch, { message, files: { "src/a.py": "mine" } });
    const end = await keep({ files: [{ path: "uv.lock", content: "newer" }] });
    expect(end).toMatchObject({ action: "left-alone", number: 1 });
    await keep({ files: [{ path: "uv.lock", content: "newest" }] });
    expect(head()?.sha).toBe(theirs.sha);
    const said = await comments(1);
    expect(said.map(({ body }) => body)).toEqual([expect.stringContaining("somebody else")]);
    expect(await close()).toMatchObject({ action: "left-alone" });
    expect(await expectOk(listPulls(world().to, { state: "open" }))).toHaveLength(1);
  });

  it("is closed with a reason when nothing is left, and opened anew later", async () => {
    await keep();
    expect(await close()).toMatchObject({ action: "closed", number: 1 });
    expect((await comments(1)).map(({ body }) => body)).toEqual([
      expect.stringContaining("Nothing is left to update"),
    ]);
    expect(await close()).toEqual({ action: "none" });
    expect(await keep()).toMatchObject({ action: "created", number: 2 });
  });

  it("is made anew after the last one was merged", async () => {
    await keep();
    const { world: state } = world().github;
    const [issue] = state.issues;
    if (!issue) throw new Error("there is no request");
    mergePull(state, issue.number, "merge");
    const files = [{ path: "uv.lock", content: "newest" }];
    expect(await keep({ files })).toMatchObject({ action: "created", number: 2 });
    expect(head()?.parents).toEqual([base()]);
  });

  it("goes to another base when the config says so", async () => {
    await keep();
    const { world: state } = world().github;
    const { sha: commit } = commitTo(state, "next", { message: "x", files: { "uv.lock": "o" } });
    expect(await keep({ base: "next", commit })).toMatchObject({ action: "refreshed", number: 1 });
    const pulls = await expectOk(listPulls(world().to, { state: "all" }));
    expect(pulls.map((pull) => pull.base.branch)).toEqual(["next"]);
  });

  it("takes over a branch that has nothing of its own", async () => {
    const { world: state } = world().github;
    state.refs.set(`refs/heads/${branch}`, { sha: base(), type: "commit" });
    expect(await keep()).toMatchObject({ action: "created", number: 1 });
  });
});

describe("what breaks off", () => {
  const operations = [
    "git/create-tree",
    "git/create-commit",
    "git/create-ref",
    "pulls/create",
    "issues/create-label",
    "issues/add-labels",
  ];
  it.each(operations)(
    "at %s, before or after it was done, is finished and never doubled",
    async (operation) => {
      const { github } = world();
      for (const name of ["drop-before", "drop-after"] as const)
        github.faults.arm(operation, { name });
      for (const _ of [1, 2, 3]) await keepRequest(world().asWorkflow, wanted());
      expect(github.faults.armed()).toEqual([]);
      expect(await keep()).toMatchObject({ action: "unchanged", number: 1 });
      const pulls = await expectOk(listPulls(world().to, { state: "all" }));
      expect(pulls).toMatchObject([{ labels: ["dependencies"], head: { sha: head()?.sha } }]);
    },
  );

  it("is said where the token may only read, and changes nothing", async () => {
    const end = await keepRequest(world().asFork, wanted());
    expect(end.kind).toBe("unauthorised");
    expect(head()).toBeUndefined();
  });
});
