import { describe, expect, it } from "vitest";
import * as github from "../../src/github/client/index.ts";
import { describedGithub } from "./described.ts";

type Ask = (to: github.Connection) => Promise<github.Answer<unknown>>;

const issue = { title: "t", body: "b", labels: ["incident"] };
const people = { users: ["a"], teams: ["b"], apps: ["c"] };
const protection: github.Protection = {
  checks: { strict: true, required: [{ context: "test" }, { context: "lint", appId: 15368 }] },
  reviews: {
    count: 1,
    dismissStale: true,
    codeOwners: true,
    lastPushApproval: true,
    mayDismiss: people,
    mayBypass: people,
  },
  restrictions: people,
  enforceAdmins: true,
  linearHistory: true,
  allowForcePushes: false,
  allowDeletions: false,
  blockCreations: false,
  conversationResolution: true,
  lockBranch: false,
  allowForkSyncing: false,
};
const unprotecting = {
  ...protection,
  checks: undefined,
  reviews: undefined,
  restrictions: undefined,
};
const ruleset: github.WantedRuleset = {
  name: "main",
  target: "branch",
  enforcement: "active",
  refs: { include: ["~DEFAULT_BRANCH"], exclude: [] },
  bypassActors: [{ id: 5, type: "RepositoryRole", mode: "always" }],
  rules: [
    { type: "deletion" },
    {
      type: "required_status_checks",
      parameters: {
        strict_required_status_checks_policy: true,
        required_status_checks: [{ context: "test" }],
      },
    },
  ],
};
const release = { tag: "v1.0.0", name: "v1.0.0", body: "first", prerelease: false };
const deployment = { ref: "abc", environment: "production", task: "deploy", payload: { a: 1 } };
const status = {
  state: "success",
  description: "d",
  environmentUrl: "https://a.test",
  logUrl: "https://b.test",
  autoInactive: false,
} as const;
const merging = {
  allowSquash: true,
  allowMergeCommit: false,
  allowRebase: false,
  squashTitle: "PR_TITLE",
  squashMessage: "PR_BODY",
  deleteBranchOnMerge: true,
} as const;

/** Every request of the client, by GitHub's own name of it. */
const requests: [name: string, ask: Ask, given?: object][] = [
  [
    "repos/list-deployments",
    (to) =>
      github.listDeployments(to, {
        environment: "production",
        task: "deploy",
        sha: "a",
        ref: "b",
        first: 5,
      }),
  ],
  ["repos/get-deployment", (to) => github.findDeployment(to, 1)],
  [
    "repos/create-deployment",
    (to) =>
      github.createDeployment(to, {
        ...deployment,
        description: "d",
        production: true,
        transient: false,
      }),
  ],
  ["repos/list-deployment-statuses", (to) => github.listDeploymentStatuses(to, 1, 1)],
  ["repos/create-deployment-status", (to) => github.createDeploymentStatus(to, 1, status)],
  ["git/get-ref", (to) => github.findRef(to, "heads/feature/a b")],
  ["git/create-ref", (to) => github.createRef(to, "tags/v1.0.0", "abc")],
  ["git/update-ref", (to) => github.moveRef(to, "heads/a/b", { sha: "abc", force: true })],
  ["git/get-commit", (to) => github.findGitCommit(to, "abc")],
  [
    "git/create-tree",
    (to) => github.createTree(to, { base: "abc", files: [{ path: "a/b.lock", content: "c" }] }),
  ],
  [
    "git/create-commit",
    (to) => github.createGitCommit(to, { message: "m", tree: "abc", parents: ["def"] }),
  ],
  ["git/get-tag", (to) => github.findTagObject(to, "abc")],
  [
    "git/create-tag",
    (to) => github.createTagObject(to, { tag: "v1", message: "m", commit: "abc" }),
  ],
  ["repos/get-commit", (to) => github.findCommit(to, "feature/a")],
  ["repos/list-pull-requests-associated-with-commit", (to) => github.listPullsOfCommit(to, "abc")],
  ["repos/compare-commits-with-basehead", (to) => github.compareCommits(to, "main", "feature/a")],
  ["repos/list-releases", (to) => github.listReleases(to, 10)],
  ["repos/get-release-by-tag", (to) => github.findReleaseByTag(to, "v1.0.0")],
  ["repos/get-release", (to) => github.findRelease(to, 1)],
  ["repos/create-release", (to) => github.createDraft(to, { ...release, target: "main" })],
  [
    "repos/update-release",
    (to) =>
      github.updateRelease(to, 1, {
        name: "n",
        body: "b",
        prerelease: true,
        draft: false,
        makeLatest: false,
      }),
  ],
  ["repos/list-release-assets", (to) => github.listAssets(to, 1)],
  [
    "repos/delete-release-asset",
    (to) =>
      github.deleteHalfAsset(to, {
        id: 1,
        name: "a",
        state: "starter",
        bytes: 0,
        digest: undefined,
        url: "",
      }),
  ],
  [
    "issues/list-for-repo",
    (to) => github.listIssues(to, { labels: ["incident", "p1"], state: "all" }),
  ],
  ["issues/get", (to) => github.findIssue(to, 1)],
  ["issues/create", (to) => github.createIssue(to, issue)],
  ["issues/update", (to) => github.closeIssue(to, 1, "not_planned")],
  ["issues/update", (to) => github.reopenIssue(to, 1)],
  [
    "issues/get-label",
    (to) => github.ensureLabel(to, { name: "a/b", color: "ff0000", description: "" }),
  ],
  ["issues/add-labels", (to) => github.addLabels(to, 1, ["incident"])],
  ["repos/create-commit-signature-protection", (to) => github.requireSignatures(to, "main", true)],
  ["repos/delete-commit-signature-protection", (to) => github.requireSignatures(to, "main", false)],
  ["issues/list-comments", (to) => github.listComments(to, 1)],
  ["issues/create-comment", (to) => github.createComment(to, 1, "hello")],
  ["issues/update-comment", (to) => github.updateComment(to, 1, "hello")],
  ["issues/delete-comment", (to) => github.deleteComment(to, 1)],
  ["users/get-authenticated", (to) => github.findLogin(to)],
  ["pulls/get", (to) => github.findPull(to, 1)],
  ["pulls/list", (to) => github.listPulls(to, { head: "a", base: "main", state: "open" })],
  [
    "pulls/create",
    (to) => github.createPull(to, { title: "t", body: "b", head: "a", base: "main", draft: true }),
  ],
  [
    "pulls/update",
    (to) => github.updatePull(to, 1, { title: "t", body: "b", base: "main", state: "open" }),
  ],
  ["pulls/update", (to) => github.closePull(to, 1)],
  ["pulls/list-files", (to) => github.listPullFiles(to, 1)],
  [
    "repos/get-content",
    (to) => github.findFile(to, "docs/a b.md", "main"),
    { type: "file", encoding: "base64", content: "aGk=" },
  ],
  [
    "repos/create-or-update-file-contents",
    (to) =>
      github.putFile(to, { path: "a.md", branch: "b", message: "m", content: "hi", sha: "abc" }),
    { content: { sha: "a" }, commit: { sha: "b" } },
  ],
  ["repos/merge", (to) => github.merge(to, { base: "develop", head: "main", message: "m" })],
  ["repos/list-branches", (to) => github.listBranches(to)],
  ["repos/get-branch", (to) => github.findBranch(to, "feature/a")],
  ["repos/get", (to) => github.readRepository(to)],
  ["repos/update", (to) => github.updateMergeSettings(to, merging)],
  ["repos/get-branch-protection", (to) => github.findProtection(to, "main")],
  ["repos/update-branch-protection", (to) => github.putProtection(to, "main", protection)],
  ["repos/update-branch-protection", (to) => github.putProtection(to, "main", unprotecting)],
  ["repos/get-repo-rulesets", (to) => github.listRulesets(to)],
  ["repos/get-repo-ruleset", (to) => github.findRuleset(to, 1)],
  ["repos/create-repo-ruleset", (to) => github.createRuleset(to, ruleset)],
  ["repos/update-repo-ruleset", (to) => github.updateRuleset(to, 1, ruleset)],
  ["actions/list-workflow-runs", (to) => github.findGreenRun(to, "ci-cd.yml")],
  ["actions/get-workflow-run", (to) => github.findWorkflowRun(to, 7)],
  [
    "actions/list-workflow-runs",
    (to) => github.findPushRun(to, { file: "ci-cd.yml", branch: "release/a b", commit: "abc" }),
  ],
  ["actions/list-workflow-run-artifacts", (to) => github.listArtifacts(to, 1, "workflow-metrics")],
  ["actions/list-repo-secrets", (to) => github.listSecretNames(to)],
  ["actions/list-environment-secrets", (to) => github.listSecretNames(to, "pre/prod")],
  ["actions/list-repo-variables", (to) => github.listVariableNames(to)],
  ["actions/list-environment-variables", (to) => github.listVariableNames(to, "production")],
  [
    "repos/get-all-environments",
    (to) => github.listEnvironments(to),
    { environments: [{ name: "a" }] },
  ],
  ["repos/get-environment", (to) => github.findEnvironment(to, "production")],
  ["repos/create-or-update-environment", (to) => github.createEnvironment(to, "production")],
];

describe("every request against GitHub's own description", () => {
  it.each(requests)("%s is as described, and every answer is read", async (name, ask, given) => {
    for (const taste of ["least", "everything"] as const) {
      const world = describedGithub(taste, given);
      const answer = await ask(world.connection);
      expect(answer.kind, JSON.stringify(answer)).toBe("ok");
      expect(world.asked).toEqual([name]);
    }
  });

  it("notices what is not as described", async () => {
    const { connection } = describedGithub("least");
    const wrong = { ...ruleset, enforcement: "sometimes" as "active" };
    expect(await github.createRuleset(connection, wrong)).toMatchObject({
      kind: "refused",
      status: 418,
    });
  });
});
