import {
  type Asked,
  invalid,
  notFound,
  type Operations,
  paged,
  refusal,
  said,
} from "../http/asked.ts";
import { addIssue, changeIssue } from "../world/issues.ts";
import type { Comment, Issue, Label } from "../world/model.ts";
import { timeOf } from "../world/time.ts";
import type { World } from "../world/world.ts";
import { issueView, labelView, pageOf, userView } from "./views.ts";

interface NewIssue {
  readonly title: string;
  readonly body?: string;
  readonly labels?: readonly string[];
}

export const issues: Operations = {
  "issues/list-for-repo": (world, { search }) => {
    const state = search.get("state") ?? "open";
    const labels = search.get("labels")?.split(",") ?? [];
    const found = world.issues.filter(
      (one) =>
        (state === "all" || one.state === state) &&
        labels.every((label) => one.labels.includes(label)),
    );
    const shown = found.toReversed().map((one) => issueView(world, one));
    return paged(world, { search }, shown, { below: "/issues" });
  },

  "issues/get": (world, { path }) => {
    const found = issueOf(world, path);
    return found ? said(200, issueView(world, found)) : notFound;
  },

  "issues/create": (world, { body, login }: Asked<NewIssue>) => {
    const labels = [...(body.labels ?? [])];
    for (const name of labels) makeLabel(world, { name });
    const issue = addIssue(world, { ...body, labels, author: login, pull: undefined });
    return said(201, issueView(world, issue));
  },

  "issues/update": (world, { path, body }: Asked<Partial<Issue>>) => {
    const found = issueOf(world, path);
    if (!found) return notFound;
    changeIssue(world, found, body);
    return said(200, issueView(world, found));
  },

  "issues/get-label": (world, { path }) => {
    const found = labelOf(world, path.name ?? "");
    return found ? said(200, labelView(world, found.name)) : notFound;
  },

  "issues/create-label": (world, { body }: Asked<Partial<Label> & { name: string }>) => {
    if (labelOf(world, body.name)) return invalid("Label", "name", "already_exists");
    return said(201, labelView(world, makeLabel(world, body).name));
  },

  "issues/add-labels": (world, { path, body }: Asked<{ labels: readonly string[] }>) => {
    const found = issueOf(world, path);
    if (!found) return notFound;
    for (const name of body.labels) makeLabel(world, { name });
    found.labels = [...new Set([...found.labels, ...body.labels])];
    return said(
      200,
      found.labels.map((name) => labelView(world, name)),
    );
  },

  "issues/list-comments": (world, { path, search }) => {
    const found = issueOf(world, path);
    if (!found) return notFound;
    const shown = found.comments.map((one) => commentView(world, found, one));
    return paged(world, { search }, shown, { below: `/issues/${found.number}/comments` });
  },

  "issues/create-comment": (world, { path, body, login }: Asked<{ body: string }>) => {
    const found = issueOf(world, path);
    if (!found) return notFound;
    if (body.body.length > longestComment) return tooLong;
    const now = timeOf(world);
    const comment = {
      id: world.nextId(),
      body: body.body,
      author: login,
      created_at: now,
      updated_at: now,
    };
    found.comments.push(comment);
    return said(201, commentView(world, found, comment));
  },

  "issues/update-comment": (world, { path, body }: Asked<{ body: string }>) => {
    const id = Number(path.comment_id);
    const issue = world.issues.find(({ comments }) => comments.some((one) => one.id === id));
    const found = issue?.comments.find((one) => one.id === id);
    if (!issue || !found) return notFound;
    if (body.body.length > longestComment) return tooLong;
    found.body = body.body;
    found.updated_at = timeOf(world);
    return said(200, commentView(world, issue, found));
  },

  "issues/delete-comment": (world, { path }) => {
    const id = Number(path.comment_id);
    const comments = world.issues
      .map((one) => one.comments)
      .find((all) => all.some((c) => c.id === id));
    if (!comments) return notFound;
    comments.splice(
      comments.findIndex((one) => one.id === id),
      1,
    );
    return said(204);
  },

  "users/get-authenticated": (_world, { login }) => said(200, userView(login)),
};

const longestComment = 65_536;

const tooLong = refusal(422, "Validation Failed", [
  {
    resource: "IssueComment",
    field: "data",
    code: "unprocessable",
    message: "Body is too long (maximum is 65536 characters)",
  },
]);

function issueOf(world: World, { issue_number }: Asked["path"]): Issue | undefined {
  return world.issues.find(({ number }) => number === Number(issue_number));
}

/** Labels differ by more than their letters' size. */
function labelOf({ labels }: World, name: string): Label | undefined {
  return labels.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** GitHub makes a label that an issue names and nobody made before. */
function makeLabel(world: World, wanted: Partial<Label> & { name: string }): Label {
  const there = labelOf(world, wanted.name);
  if (there) return there;
  const label = { color: "ededed", description: null, ...wanted, id: world.nextId() };
  world.labels.push(label);
  return label;
}

function commentView(world: World, { number, pull }: Issue, comment: Comment): object {
  const { author, ...same } = comment;
  const page = pageOf(world, `${pull ? "pull" : "issues"}/${number}#issuecomment-${comment.id}`);
  return { ...same, user: userView(author), html_url: page };
}
