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
  const kind = issue.pull ? "pull" : "issues";
  return {
    id: issue.id,
    number: issue.number,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.state_reason,
    labels: issue.labels.map((name) => labelView(world, name)),
    user: userView(issue.author),
    comments: issue.comments.length,
    created_at: issue.created_at,
    updated_at: issue.updated_at,
    closed_at: issue.closed_at,
    html_url: pageOf(world, `${kind}/${issue.number}`),
    ...(issue.pull && { pull_request: { merged_at: issue.pull.merged_at } }),
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
