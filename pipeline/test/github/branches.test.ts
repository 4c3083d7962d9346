import { describe, expect, it } from "vitest";
import {
  createPull,
  createRef,
  createRuleset,
  findBranch,
  findProtection,
  findRuleset,
  listPullFiles,
  listPullsOfCommit,
  listRulesets,
  merge,
  type Protection,
  putFile,
  putProtection,
  updateRuleset,
  type WantedRuleset,
} from "../../src/github/client/index.ts";
import { commitTo, headOf } from "../stand-ins/github/world/git.ts";
import { mergePull } from "../stand-ins/github/world/merge-pull.ts";
import { expectOk } from "./expect-ok.ts";
import { eachWithGithub } from "./stand-in-world.ts";

const people = { users: ["octocat"], teams: [], apps: ["renovate"] };
const protection: Protection = {
  checks: { strict: true, required: [{ context: "test" }, { context: "lint", appId: 15368 }] },
  reviews: {
    count: 2,
    dismissStale: true,
    codeOwners: true,
    lastPushApproval: true,
    mayDismiss: people,
    mayBypass: undefined,
  },
  restrictions: people,
  enforceAdmins: true,
  linearHistory: true,
  allowForcePushes: false,
  allowDeletions: false,
  blockCreations: true,
  conversationResolution: true,
  lockBranch: false,
  allowForkSyncing: false,
};
const ruleset: WantedRuleset = {
  name: "main",
  target: "branch",
  enforcement: "active",
  refs: { include: ["~DEFAULT_BRANCH"], exclude: [] },
  bypassActors: [{ id: 5, type: "RepositoryRole", mode: "always" }],
  rules: [
    {
      type: "pull_request",
      parameters: {
        required_approving_review_count: 1,
        dismiss_stale_reviews_on_push: true,
        require_code_owner_review: false,
        require_last_push_approval: false,
        required_review_thread_resolution: false,
      },
    },
  ],
};
const change = { path: "a.md", branch: "main", message: "m", content: "hi" };

describe("branches", () => {
  const world = eachWithGithub();

  it("are protected by what is read back unchanged", async () => {
    const { to } = world();
    expect(await expectOk(findProtection(to, "main"))).toBeUndefined();
    expect(await findProtection(to, "gone")).toMatchObject({ kind: "refused", status: 404 });
    await expectOk(putProtection(to, "main", protection));
    const found = await expectOk(findProtection(to, "main"));
    expect(found).toEqual({ ...protection, signedCommits: false });
    const bare = {
      ...protection,
      checks: undefined,
      reviews: undefined,
      restrictions: undefined,
    };
    await expectOk(putProtection(to, "main", bare));
    expect(await expectOk(findProtection(to, "main"))).toEqual({ ...bare, signedCommits: false });
  });

  it("take no direct change once they are protected", async () => {
    const { to, asWorkflow } = world();
    await expectOk(putFile(asWorkflow, change));
    await expectOk(putProtection(to, "main", protection));
    expect(await putFile(asWorkflow, { ...change, path: "b.md" })).toEqual({
      kind: "refused",
      status: 409,
      reason:
        "Could not create file: 2 of 2 required status checks are expected. Changes must be made through a pull request.",
    });
    expect(await expectOk(findBranch(to, "main"))).toMatchObject({ protected: true });
  });

  it("are guarded by a ruleset just so, while it is active", async () => {
    const { to, asWorkflow } = world();
    const { id, ...made } = await expectOk(createRuleset(to, ruleset));
    expect(made).toEqual(ruleset);
    expect(await putFile(asWorkflow, change)).toMatchObject({ kind: "refused", status: 409 });
    expect(await createRuleset(to, ruleset)).toMatchObject({ kind: "refused", status: 422 });
    await expectOk(updateRuleset(to, id, { ...ruleset, enforcement: "disabled" }));
    expect(await putFile(asWorkflow, change)).toMatchObject({ kind: "ok" });
    expect(await expectOk(listRulesets(to))).toMatchObject([{ id, enforcement: "disabled" }]);
    expect(await expectOk(findRuleset(to, id))).toMatchObject({ rules: ruleset.rules });
    expect(await expectOk(findRuleset(to, 1))).toBeUndefined();
  });

  it("are merged where nothing contradicts", async () => {
    const { asWorkflow: to, github } = world();
    const start = headOf(github.world, "main")?.sha ?? "";
    await expectOk(createRef(to, "heads/develop", start));
    expect(await expectOk(merge(to, { base: "develop", head: "main", message: "m" }))).toBe(
      undefined,
    );
    commitTo(github.world, "main", { message: "fix: a", files: { "a.md": "main" } });
    commitTo(github.world, "develop", { message: "feat: b", files: { "b.md": "develop" } });
    const made = await expectOk(
      merge(to, { base: "develop", head: "main", message: "merge back" }),
    );
    const files = headOf(github.world, "develop")?.files;
    expect([...(files?.keys() ?? [])].toSorted()).toEqual(["README.md", "a.md", "b.md"]);
    expect(headOf(github.world, "develop")).toMatchObject({
      sha: made?.sha,
      message: "merge back",
    });
    commitTo(github.world, "main", { message: "fix: c", files: { "c.md": "main" } });
    commitTo(github.world, "develop", { message: "feat: c", files: { "c.md": "develop" } });
    expect(await merge(to, { base: "develop", head: "main", message: "m" })).toMatchObject({
      kind: "refused",
      status: 409,
      reason: "Merge conflict",
    });
  });

  it("tell which pull request brought a commit", async () => {
    const { asWorkflow: to, github } = world();
    await expectOk(createRef(to, "heads/change", headOf(github.world, "main")?.sha ?? ""));
    commitTo(github.world, "change", { message: "a", files: { "a.md": "1", "README.md": "2" } });
    const second = commitTo(github.world, "change", { message: "b", files: { "b.md": "1" } });
    const wanted = { title: "feat: a and b", body: "", head: "change", base: "main" };
    const { number } = await expectOk(createPull(to, wanted));
    expect(await createPull(to, wanted)).toMatchObject({
      kind: "refused",
      status: 422,
      reason: expect.stringContaining("A pull request already exists for octo:change."),
    });
    expect(await expectOk(listPullFiles(to, number))).toEqual([
      { path: "README.md", status: "modified" },
      { path: "a.md", status: "added" },
      { path: "b.md", status: "added" },
    ]);
    const merged = mergePull(github.world, number);
    const [pull] = await expectOk(listPullsOfCommit(to, merged.sha));
    expect(pull).toMatchObject({ number, state: "closed", mergeSha: merged.sha });
    expect(await expectOk(listPullsOfCommit(to, second.sha))).toMatchObject([{ number }]);
    expect(headOf(github.world, "main")?.message).toBe(`feat: a and b (#${number})`);
  });

  it("with `..` in a name lead nowhere else", async () => {
    const { to, github } = world();
    expect(await findBranch(to, "..")).toMatchObject({ kind: "refused", status: 400 });
    expect(await putFile(to, { ...change, path: "../../other/a" })).toMatchObject({
      kind: "refused",
      status: 400,
    });
    expect(github.requests).toEqual([]);
  });
});
