import { describe, expect, test } from "vitest";
import { type Trigger, trigger as triggerSchema } from "./plan.ts";
import { type Checkout, triggerOfCheckout, triggerOfGithub } from "./trigger.ts";

const sha = "1f".repeat(20);
const repository = { id: 1, full_name: "ada/rose", default_branch: "main", private: false };
const sender = { login: "ada", id: 7, type: "User" };

function pullRequest(head: object | null = { full_name: "ada/rose" }, base = "develop"): object {
  return {
    action: "opened",
    number: 42,
    pull_request: {
      id: 99,
      number: 42,
      state: "open",
      title: "feat: $(rm -rf /) `id`",
      head: { label: "ada:feature/x", ref: "feature/x", sha, repo: head },
      base: {
        label: "ada:develop",
        ref: base,
        sha: "0".repeat(40),
        repo: { full_name: "ada/rose" },
      },
    },
    repository,
    sender,
  };
}

function read(
  name: string | undefined,
  event: unknown,
  more: { ref?: string; sha?: string; checkedOut?: string } = {},
): Trigger {
  const result = triggerOfGithub({
    name,
    text: JSON.stringify(event),
    file: "event.json",
    ...more,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  expect(triggerSchema.safeParse(result.value).error).toBeUndefined();
  return result.value;
}

describe("GitHub's events", () => {
  test("a pull request", () => {
    expect(read("pull_request", pullRequest())).toMatchObject({
      event: "pull-request",
      branch: "feature/x",
      base: "develop",
      commit: sha,
      eventName: "pull_request",
      fork: false,
      actor: "ada",
      repository: "ada/rose",
      pullRequest: { number: 42, title: "feat: $(rm -rf /) `id`" },
    });
  });

  test.each([
    ["another repository", { full_name: "eve/rose" }],
    ["a repository that was deleted", null],
  ])("a pull request from %s is a fork's, also as pull_request_target", (_, head) => {
    expect(read("pull_request", pullRequest(head)).fork).toBe(true);
    expect(read("pull_request_target", pullRequest(head))).toMatchObject({
      fork: true,
      event: "pull-request",
    });
  });

  test("of a pull request GitHub checks out the merge, which is kept beside its own commit", () => {
    const merge = "2e".repeat(20);
    const checkedOutAt = (checkedOut: string) =>
      read("pull_request", pullRequest(), { checkedOut });
    expect(checkedOutAt(merge)).toMatchObject({ commit: sha, checkedOut: merge });
    expect(checkedOutAt(sha)).not.toHaveProperty("checkedOut");
  });

  test("a merge group counts as a pull request", () => {
    const event = {
      action: "checks_requested",
      merge_group: {
        head_sha: sha,
        head_ref: "refs/heads/gh-readonly-queue/main/pr-42-abc",
        base_ref: "refs/heads/main",
        base_sha: "0".repeat(40),
      },
      repository,
      sender,
    };
    expect(read("merge_group", event)).toMatchObject({
      event: "pull-request",
      branch: "gh-readonly-queue/main/pr-42-abc",
      base: "main",
      commit: sha,
      eventName: "merge_group",
      fork: false,
    });
  });

  test.each([
    ["refs/heads/main", "main"],
    ["refs/heads/feature/a/b", "feature/a/b"],
    ["refs/tags/v1.2.3", "refs/tags/v1.2.3"],
    ["refs/tags/main", "refs/tags/main"],
    ["refs/heads/refs/heads/main", "refs/heads/main"],
  ])("a push to %s", (ref, branch) => {
    const event = { ref, before: "0".repeat(40), after: sha, repository, sender, commits: [] };
    expect(read("push", event)).toMatchObject({ event: "push", branch, commit: sha, fork: false });
  });

  test("a schedule has its ref from the environment", () => {
    const event = { schedule: "0 9 * * 1", repository };
    expect(read("schedule", event, { ref: "refs/heads/main", sha })).toMatchObject({
      event: "schedule",
      branch: "main",
      commit: sha,
    });
  });

  test.each(["workflow_dispatch", "repository_dispatch"])("%s is by hand", (name) => {
    const event = { inputs: {}, ref: "refs/heads/main", repository, sender };
    expect(read(name, event, { ref: "refs/heads/main", sha })).toMatchObject({
      event: "manual",
      branch: "main",
      eventName: name,
    });
  });

  test.each([
    ["no JSON", "push"],
    ["an empty file", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["neither ref nor pull request", "{}"],
    ["a ref without a commit", '{"ref":"refs/heads/main"}'],
    ["a pull request without a head", '{"pull_request":{"number":1,"title":"x","base":{}}}'],
    ["a number as ref", '{"ref":7,"after":"x"}'],
  ])("%s is refused", (_, text) => {
    expect(triggerOfGithub({ name: "push", text, file: "event.json" })).toMatchObject({
      ok: false,
      problems: [{ code: "GANTRY-EVENT-INVALID", file: "event.json", mend: expect.any(String) }],
    });
  });
});

describe("a laptop asks what GitHub would ask", () => {
  const checkout = (branch: string | undefined, ...branches: string[]): Checkout => ({
    branch,
    commit: sha,
    branches,
  });

  test.each([
    ["a feature branch, with develop", checkout("feature/x", "main", "develop"), "develop"],
    ["a feature branch, without develop", checkout("feature/x", "main"), "main"],
    ["develop itself", checkout("develop", "main", "develop"), "main"],
    ["a hotfix", checkout("hotfix/leak", "main", "develop"), "main"],
    ["a branch that only sounds like one", checkout("hotfixes", "main", "develop"), "develop"],
    ["a repository of the old kind", checkout("fix/y", "master"), "master"],
    ["a repository with trunk", checkout("fix/y", "trunk"), "trunk"],
    ["a detached head", checkout(undefined, "main", "develop"), "develop"],
    ["no branch at all", checkout(undefined), "main"],
  ])("%s", (_, given, base) => {
    expect(triggerOfCheckout(given, {})).toMatchObject({
      event: "pull-request",
      base,
      eventName: "pull_request",
      fork: false,
      commit: sha,
    });
  });

  test("a staging branch by another name", () => {
    expect(triggerOfCheckout(checkout("x", "main", "next"), { develop: "next" }).base).toBe("next");
    expect(triggerOfCheckout(checkout("next", "main", "next"), { develop: "next" }).base).toBe(
      "main",
    );
  });

  test("words win over what the checkout shows", () => {
    const options = { event: "push", branch: "main" } as const;
    const trigger = triggerOfCheckout(checkout("feature/x", "main"), options);
    expect(trigger).toMatchObject({ event: "push", branch: "main", eventName: "push" });
    expect(trigger.base).toBeUndefined();
  });

  test("a repository without a commit is no reason to fail", () => {
    const trigger = triggerOfCheckout({ branch: "main", commit: undefined, branches: [] }, {});
    expect(triggerSchema.safeParse(trigger).success).toBe(true);
  });

  test.each([
    ["https://github.com/ada/rose.git", "ada/rose"],
    ["git@github.com:ada/rose.git", "ada/rose"],
    ["https://github.com/ada/rose/", "ada/rose"],
    ["https://example.com/ada/rose", undefined],
  ])("the remote %s is %s", (remote, name) => {
    expect(triggerOfCheckout({ ...checkout("x", "main"), remote }, {}).repository).toBe(name);
  });
});
