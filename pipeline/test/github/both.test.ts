import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as github from "../../src/github/client/index.ts";
import { expectOk } from "./expect-ok.ts";
import { type World, worlds } from "./worlds.ts";

describe.each(worlds)("the client on %s", (_name, start) => {
  let world: World;
  let to: github.Connection;
  beforeEach(async () => {
    world = await start();
    to = world.to;
  });
  afterEach(() => world.close());

  const headOf = async (branch: string) =>
    (await expectOk(github.findBranch(to, branch)))?.sha ?? "nothing";
  /** A branch of its own with one new file. */
  async function branchWith(branch: string, path: string) {
    await expectOk(github.createRef(to, `heads/${branch}`, await headOf("main")));
    const message = `feat: add ${path}`;
    return expectOk(github.putFile(to, { path, branch, message, content: "hello" }));
  }

  it("makes refs once, and finds them", async () => {
    const sha = await headOf("main");
    expect(await expectOk(github.findRef(to, "tags/v1.0.0"))).toBeUndefined();
    const made = await expectOk(github.createRef(to, "tags/v1.0.0", sha));
    expect(made).toEqual({ ref: "refs/tags/v1.0.0", sha, type: "commit" });
    expect(await expectOk(github.findRef(to, "tags/v1.0.0"))).toEqual(made);
    expect(await github.createRef(to, "tags/v1.0.0", sha)).toMatchObject({
      kind: "refused",
      status: 422,
    });
  });

  it("makes an annotated tag in two steps", async () => {
    const commit = await headOf("main");
    const tag = await expectOk(github.createTagObject(to, { tag: "v2", message: "two", commit }));
    expect(tag).toMatchObject({ tag: "v2", message: "two", target: commit });
    const ref = await expectOk(github.createRef(to, "tags/v2", tag.sha));
    expect(ref).toMatchObject({ sha: tag.sha, type: "tag" });
    expect(await expectOk(github.findTagObject(to, tag.sha))).toEqual(tag);
  });

  it("writes files on a branch, and reads them", async () => {
    const written = await branchWith("feature/a b", "docs/new file.md");
    const file = await expectOk(github.findFile(to, "docs/new file.md", "feature/a b"));
    expect(file).toMatchObject({ sha: written.sha, path: "docs/new file.md" });
    expect(file?.content.toString()).toBe("hello");
    expect(await headOf("feature/a b")).toBe(written.commit);
    expect(await expectOk(github.findFile(to, "docs/new file.md", "main"))).toBeUndefined();
    const commit = await expectOk(github.findCommit(to, written.commit));
    expect(commit?.message).toBe("feat: add docs/new file.md");
    const change = { path: "docs/new file.md", branch: "feature/a b", message: "m", content: "2" };
    expect(await github.putFile(to, { ...change, sha: "0".repeat(40) })).toMatchObject({
      kind: "refused",
      status: 409,
    });
    await expectOk(github.putFile(to, { ...change, sha: written.sha }));
  });

  it("lists branches and compares them", async () => {
    await branchWith("other", "a.md");
    const names = (await expectOk(github.listBranches(to))).map(({ name }) => name);
    expect(names.toSorted()).toEqual(["main", "other"]);
    const ahead = await expectOk(github.compareCommits(to, "main", "other"));
    expect(ahead).toMatchObject({ status: "ahead", aheadBy: 1, behindBy: 0 });
    expect(ahead.commits.map(({ message }) => message)).toEqual(["feat: add a.md"]);
    const behind = await expectOk(github.compareCommits(to, "other", "main"));
    expect(behind).toMatchObject({ status: "behind", aheadBy: 0, behindBy: 1, commits: [] });
  });

  it("opens, changes and closes a pull request", async () => {
    const { commit } = await branchWith("change", "a.md");
    const wanted = { title: "feat: a", body: "why", head: "change", base: "main" };
    const pull = await expectOk(github.createPull(to, wanted));
    expect(pull).toMatchObject({
      state: "open",
      head: { branch: "change", sha: commit },
      base: { branch: "main" },
      mergedAt: undefined,
    });
    const found = { head: "change", base: "main", state: "open" } as const;
    expect((await expectOk(github.listPulls(to, found))).map(({ number }) => number)).toEqual([
      pull.number,
    ]);
    expect(await expectOk(github.addLabels(to, pull.number, ["dependencies"]))).toEqual([
      "dependencies",
    ]);
    await expectOk(github.updatePull(to, pull.number, { body: "because" }));
    expect(await expectOk(github.findPull(to, pull.number))).toMatchObject({
      body: "because",
      labels: ["dependencies"],
    });
    expect(await expectOk(github.closePull(to, pull.number))).toMatchObject({ state: "closed" });
    expect(await expectOk(github.listPulls(to, found))).toEqual([]);
  });

  it("opens, finds, closes and reopens an issue", async () => {
    const issue = { title: "down", body: "it is", labels: ["incident", "prod"] };
    const { number } = await expectOk(github.createIssue(to, issue));
    await expectOk(github.createIssue(to, { ...issue, labels: ["incident"] }));
    await branchWith("change", "a.md");
    const pull = { title: "a", body: "", head: "change", base: "main" };
    const { number: ofPull } = await expectOk(github.createPull(to, pull));
    await expectOk(github.addLabels(to, ofPull, ["incident", "prod"]));
    const search = { labels: ["incident", "prod"], state: "open" } as const;
    const listed = await expectOk(github.listIssues(to, search));
    expect(listed.map((one) => one.number)).toEqual([number]);
    expect(listed[0]).toMatchObject({ ...issue, state: "open", closedAt: undefined });
    const closed = await expectOk(github.closeIssue(to, number));
    expect(closed).toMatchObject({ state: "closed", closedAt: expect.any(String) });
    expect(await expectOk(github.listIssues(to, search))).toEqual([]);
    expect(await expectOk(github.reopenIssue(to, number))).toMatchObject({ state: "open" });
    expect(await expectOk(github.findIssue(to, 4711))).toBeUndefined();
  });

  it("keeps a label that is there", async () => {
    const label = { name: "incident", color: "d73a4a", description: "Something is down" };
    expect(await expectOk(github.ensureLabel(to, label))).toEqual({ made: true, value: label });
    const other = { ...label, color: "000000" };
    expect(await expectOk(github.ensureLabel(to, other))).toEqual({ made: false, value: label });
  });

  it("writes comments, changes them, and reads all of them", async () => {
    const { number } = await expectOk(github.createIssue(to, { title: "t", body: "", labels: [] }));
    const first = await expectOk(github.createComment(to, number, "first"));
    for (let count = 0; count < 120; count += 1) {
      await expectOk(github.createComment(to, number, `note ${count}`));
    }
    await expectOk(github.updateComment(to, first.id, "changed"));
    const all = await expectOk(github.listComments(to, number));
    expect(all).toHaveLength(121);
    expect(all[0]).toMatchObject({ id: first.id, body: "changed" });
    expect(new Set(all.map(({ id }) => id)).size).toBe(121);
  });

  it("drafts a release, uploads to it and publishes it", async () => {
    const wanted = { tag: "v1.0.0", name: "v1.0.0", body: "new", prerelease: false };
    const draft = await expectOk(github.createDraft(to, { ...wanted, target: "main" }));
    expect(draft).toMatchObject({ ...wanted, draft: true, publishedAt: undefined, assets: [] });
    const listed = await expectOk(github.listReleases(to));
    expect(listed.map(({ id, draft: is }) => [id, is])).toEqual([[draft.id, true]]);
    const asset = {
      name: "a file.tgz",
      contentType: "application/gzip",
      bytes: 5,
      open: () => Readable.from([Buffer.from("he"), Buffer.from("llo")]),
    };
    const uploaded = await expectOk(github.uploadAsset(to, draft.uploadUrl, asset));
    expect(uploaded).toMatchObject({ bytes: 5, state: "uploaded" });
    expect(await expectOk(github.listAssets(to, draft.id))).toMatchObject([{ id: uploaded.id }]);
    await expectOk(github.updateRelease(to, draft.id, { draft: false, makeLatest: true }));
    const published = await expectOk(github.findReleaseByTag(to, "v1.0.0"));
    expect(published).toMatchObject({ id: draft.id, draft: false });
    expect(published?.publishedAt).toBeDefined();
    expect(await expectOk(github.findRelease(to, draft.id))).toEqual(published);
  });

  it("protects a branch, and reads what protects it", async () => {
    const wanted: github.Protection = {
      checks: { strict: true, required: [{ context: "test" }] },
      reviews: {
        count: 1,
        dismissStale: true,
        codeOwners: false,
        lastPushApproval: false,
        mayDismiss: undefined,
        mayBypass: undefined,
      },
      restrictions: undefined,
      enforceAdmins: true,
      linearHistory: true,
      allowForcePushes: false,
      allowDeletions: false,
      blockCreations: false,
      conversationResolution: false,
      lockBranch: false,
      allowForkSyncing: false,
    };
    await expectOk(github.putProtection(to, "main", wanted));
    const found = await expectOk(github.findProtection(to, "main"));
    expect(found).toMatchObject({ enforceAdmins: true, reviews: { count: 1, dismissStale: true } });
    expect(await expectOk(github.findBranch(to, "main"))).toMatchObject({ protected: true });
  });

  it("reads the repository and sets how it merges", async () => {
    const facts = await expectOk(github.readRepository(to));
    expect(facts).toMatchObject({ fullName: "octo/rose", defaultBranch: "main", private: false });
    const merging = { allowMergeCommit: false, deleteBranchOnMerge: true } as const;
    const changed = await expectOk(github.updateMergeSettings(to, merging));
    expect(changed.merging).toMatchObject(merging);
    expect(await expectOk(github.listSecretNames(to))).toEqual([]);
  });
});
