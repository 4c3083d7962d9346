import type { Issue } from "../world/model.ts";
import type { World } from "../world/world.ts";

/** How things are shown in more than one answer. */
export function userView(login: string): object {
  return { login, type: login.endsWith("[bot]") ? "Bot" : "User" };
}

export function pageOf({ options }: World, below: string): string {
  return `https://github.com/${options.owner}/${options.name}/${below}`;
}

export function issueView(world: World, issue: Issue): object {
  const { state_reason, comments, pull } = issue;
  return {
    ...issueFields(world, issue),
    state_reason,
    comments: comments.length,
    ...(pull && { pull_request: { merged_at: pull.merged_at } }),
  };
}

/** What an issue and a pull request tell alike. */
export function issueFields(world: World, issue: Issue): object {
  const { id, number, title, body, state, created_at, updated_at, closed_at } = issue;
  return {
    ...{ id, number, title, body, state, created_at, updated_at, closed_at },
    labels: issue.labels.map((name) => labelView(world, name)),
    user: userView(issue.author),
    html_url: pageOf(world, `${issue.pull ? "pull" : "issues"}/${number}`),
  };
}

export function labelView(world: World, name: string): object {
  const { id, color, description } = world.labels.find((one) => one.name === name) ?? {
    id: 1,
    color: "ededed",
    description: null,
  };
  return { id, name, color, description, default: false };
}
