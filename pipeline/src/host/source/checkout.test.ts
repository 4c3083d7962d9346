import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import {
  type Repository,
  scratchFolder,
  scratchRepository,
  snapshot,
} from "../../../test/builders/repository.ts";
import { samplePlan, sampleTrigger } from "../../../test/builders/run.ts";
import type { Plan, Trigger } from "../../plan/plan.ts";
import { openCheckout } from "./checkout.ts";
import { readSource, type Source } from "./source.ts";

async function sourceOf(folder: string): Promise<Source> {
  const source = await readSource(folder);
  if (!source.ok) throw new Error(JSON.stringify(source.problems));
  return source.value;
}

function planOf({ hash, commit = "" }: Source, more: Partial<Trigger> = {}): Plan {
  return samplePlan({ source: hash, trigger: sampleTrigger({ commit, ...more }) });
}

async function open(root: string, plan: Plan, alone = false) {
  return openCheckout(await sourceOf(root), plan, { alone });
}

/** A repository whose first commit a run saw, and that has gone on since. */
async function moved(): Promise<Repository & { readonly plan: Plan }> {
  const repository = await scratchRepository({ "a.txt": "one", "b/c.txt": "two" });
  const plan = planOf(await sourceOf(repository.root));
  await repository.write("a.txt", "changed");
  await repository.commit();
  await repository.write("new.txt", "not committed");
  return { ...repository, plan };
}

describe("the files that a plan was made for", () => {
  it("are those that lie here, changes and all, where they are the same", async () => {
    const { root, write } = await scratchRepository({ "a.txt": "one" });
    await write("b.txt", "not committed");
    const local = await sourceOf(root);
    const opened = await openCheckout(local, planOf(local), { alone: true });
    expect(opened).toMatchObject({ ok: true, value: { source: local, notes: [] } });
  });

  it("are the commit's in a copy, and the user's tree, index and branches stay as they are", async () => {
    const { root, plan } = await moved();
    await sourceOf(root);
    const before = await snapshot(root, [".gantry"]);
    const opened = await open(root, plan);
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
    const { source, notes, release } = opened.value;
    expect(source.root.startsWith(join(root, ".gantry"))).toBe(true);
    expect({ hash: source.hash, commit: source.commit, notes }).toEqual({
      hash: plan.source,
      commit: plan.trigger.commit,
      notes: [],
    });
    expect(await readFile(join(source.root, "a.txt"), "utf8")).toBe("one");
    expect(await snapshot(root, [".gantry"])).toEqual(before);
    await release();
    const again = await open(root, plan);
    expect(again).toMatchObject({ value: { source: { root: source.root } } });
  });

  it("go elsewhere with all of their history, where they have to", async () => {
    const { root, plan } = await moved();
    const history = async (alone: boolean) => {
      const opened = await open(root, plan, alone);
      if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
      const folder = await scratchFolder();
      await execa("cp", ["-r", `${opened.value.source.root}/.git`, folder]);
      await opened.value.release();
      return folder;
    };
    const [bound, free] = [await history(false), await history(true)];
    await rm(join(root, ".git"), { recursive: true });
    const look = (cwd: string) =>
      execa("git", ["log", "--format=%s", "HEAD"], { cwd, reject: false });
    expect((await look(bound)).exitCode).not.toBe(0);
    expect((await look(free)).stdout).toBe("feat: first");
  });

  it("are those of the merge that GitHub checked out", async () => {
    const { root, git, write, commit } = await scratchRepository({ "a.txt": "one" });
    await git("checkout", "--quiet", "-b", "topic");
    await write("b.txt", "two");
    await commit();
    const head = await git("rev-parse", "HEAD");
    await git("checkout", "--quiet", "main");
    await write("c.txt", "three");
    await commit();
    await git("checkout", "--quiet", "--detach");
    await git("merge", "--quiet", "--no-ff", "--no-edit", "topic");
    const merge = await sourceOf(root);
    await git("checkout", "--quiet", "topic");
    const plan = planOf(merge, { commit: head, checkedOut: merge.commit ?? "" });
    const opened = await open(root, plan);
    expect(opened).toMatchObject({ value: { source: { hash: merge.hash }, notes: [] } });
    const engine = await open(root, { ...plan, source: "dagger:xxh3:1" });
    expect(engine).toMatchObject({
      value: { notes: [expect.stringContaining("as its engine does")] },
    });
    // Without the merge's name it can be the commit itself alone, which is said or refused.
    const { checkedOut: _, ...trigger } = plan.trigger;
    const unnamed = await open(root, { ...plan, trigger, source: "dagger:xxh3:1" });
    expect(unnamed).toMatchObject({
      value: { notes: [expect.anything(), expect.stringContaining("GitHub's merge")] },
    });
    expect(await open(root, { ...plan, trigger })).toMatchObject({
      problems: [{ code: "GANTRY-PLAN-SOURCE", message: expect.stringContaining(": c.txt") }],
    });
  });

  it("are refused by name where the run saw more than its commit has", async () => {
    const { root, write, git } = await scratchRepository({ "a.txt": "one" });
    await write("a.txt", "changed");
    await write("new\u001b[31m.txt", "more");
    const dirty = await sourceOf(root);
    await git("checkout", "--quiet", "--", ".");
    await git("clean", "--quiet", "--force");
    const refused = await open(root, planOf(dirty));
    expect(refused).toMatchObject({
      problems: [
        {
          code: "GANTRY-PLAN-SOURCE",
          message: expect.stringMatching(/other files than the run saw: a\.txt, new\.txt$/),
        },
      ],
    });
    const unknown = { ...dirty, hash: `git-tree:${"1f".repeat(20)}` };
    expect(await open(root, planOf(unknown))).toMatchObject({
      problems: [{ message: expect.stringContaining("changes that were not committed") }],
    });
  });

  it.each([
    ["the commit", {}, [], `git fetch origin ${"c".repeat(40)}\``],
    [
      "the commit, from the remote that is the repository",
      { repository: "octo/rose" },
      ["upstream", "git@github.com:octo/rose.git"],
      `git fetch upstream ${"c".repeat(40)}\``,
    ],
    [
      "the commit, from the repository's address where no remote is",
      { repository: "octo/rose" },
      ["origin", "https://github.com/ada/rose"],
      `git fetch https://github.com/octo/rose.git ${"c".repeat(40)}\``,
    ],
    ["a fork's commit", { fork: true }, [], "git fetch origin refs/pull/42/head`"],
    [
      "the merge",
      { checkedOut: "d".repeat(40), fork: true },
      [],
      `git fetch origin ${"d".repeat(40)}\` brings it and moves no branch; where GitHub has dropped it`,
    ],
  ] as const)("are fetched by a command that is named: %s", async (_, trigger, remote, command) => {
    const { root, git } = await scratchRepository({ "a.txt": "one" });
    if (remote.length > 0) await git("remote", "add", ...remote);
    const plan = planOf(await sourceOf(root), { commit: "c".repeat(40), ...trigger });
    expect(await open(root, { ...plan, source: "git-tree:other" })).toMatchObject({
      problems: [{ code: "GANTRY-REF-UNKNOWN", mend: expect.stringContaining(command) }],
    });
  });

  it("are those of a folder of a larger repository", async () => {
    const { root, write, commit } = await scratchRepository({ "app/a.txt": "one", "b.txt": "two" });
    const plan = planOf(await sourceOf(join(root, "app")));
    await write("app/a.txt", "changed");
    await commit();
    const opened = await open(join(root, "app"), plan);
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
    expect(opened.value.source.files.map(({ path }) => path)).toEqual(["a.txt"]);
    expect(await readFile(join(opened.value.source.root, "a.txt"), "utf8")).toBe("one");
  });

  it("cannot be had in a folder without git, or of a folder that was without", async () => {
    const folder = await scratchFolder();
    const plan = planOf(await sourceOf(folder), {
      commit: "c".repeat(40),
      repository: "octo/rose",
    });
    expect(await open(folder, { ...plan, source: "files:other" })).toMatchObject({
      problems: [{ code: "GANTRY-NOT-A-REPOSITORY", mend: expect.stringContaining("octo/rose") }],
    });
    const bare = planOf(await sourceOf(folder), { commit: "0".repeat(40) });
    expect(await open(folder, bare)).toMatchObject({ ok: true });
    expect(await open(folder, { ...bare, source: "files:other" })).toMatchObject({
      problems: [{ code: "GANTRY-PLAN-SOURCE" }],
    });
  });
});
