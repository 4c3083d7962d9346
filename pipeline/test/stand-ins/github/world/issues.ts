import type { Issue } from "./model.ts";
import { timeOf } from "./time.ts";
import type { World } from "./world.ts";

type NewIssue = Pick<Issue, "title" | "labels" | "author" | "pull"> & { readonly body?: string };

/** An issue or pull request; both are counted by the same numbers. */
export function addIssue(world: World, { body, ...wanted }: NewIssue): Issue {
  const now = timeOf(world);
  const issue: Issue = {
    ...wanted,
    id: world.nextId(),
    number: world.nextNumber(),
    body: body ?? null,
    state: "open",
    state_reason: null,
    created_at: now,
    updated_at: now,
    closed_at: null,
    comments: [],
  };
  world.issues.push(issue);
  return issue;
}

export function changeIssue(world: World, issue: Issue, change: Partial<Issue>): void {
  const now = timeOf(world);
  Object.assign(issue, change, { updated_at: now });
  issue.closed_at = issue.state === "closed" ? (issue.closed_at ?? now) : null;
}
