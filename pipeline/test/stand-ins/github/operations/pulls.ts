import {
  type Asked,
  invalid,
  notFound,
  type Operations,
  paged,
  refusal,
  said,
} from "../http/asked.ts";
import { changesBetween, commitsBetween, headOf, mergeBaseOf } from "../world/git.ts";
import { addIssue, changeIssue } from "../world/issues.ts";
import type { Issue, Pull } from "../world/model.ts";
import type { World } from "../world/world.ts";
import { issueFields, userView } from "./views.ts";

interface NewPull {
  readonly title: string;
  readonly head: string;
  readonly base: string;
  readonly body?: string;
  readonly draft?: boolean;
}

type PullChange = Partial<Pick<Issue, "title" | "body" | "state"> & Pick<Pull, "base">>;

export const pulls: Operations = {
  "pulls/list": (world, { search }) => {
    const state = search.get("state") ?? "open";
    const found = world.issues.filter(
      (one) =>
        one.pull &&
        (state === "all" || one.state === state) &&
        (!search.has("base") || one.pull.base === search.get("base")) &&
        (!search.has("head") || `${world.options.owner}:${one.pull.head}` === search.get("head")),
    );
    const shown = found.toReversed().map((one) => pullView(world, one));
    return paged(world, { search }, shown, { below: "/pulls" });
  },

  "pulls/get": (world, { path }) => {
    const found = pullOf(world, path);
    return found ? said(200, pullView(world, found)) : notFound;
  },

  "pulls/create": (world, { body, login }: Asked<NewPull>) => {
    const [base, head] = [headOf(world, body.base), headOf(world, body.head)];
    if (!base) return invalid("PullRequest", "base", "invalid");
    if (!head) return invalid("PullRequest", "head", "invalid");
    const words = whyNoPull(world, body);
    if (words) return refusal(422, "Validation Failed", [custom(words)]);
    const issue = addIssue(world, {
      title: body.title,
      author: login,
      labels: [],
      ...(body.body !== undefined && { body: body.body }),
      pull: {
        head: body.head,
        headSha: head.sha,
        base: body.base,
        draft: body.draft ?? false,
        merged_at: null,
        merge_commit_sha: null,
      },
    });
    return said(201, pullView(world, issue));
  },

  "pulls/update": (world, { path, body }: Asked<PullChange>) => {
    const found = pullOf(world, path);
    if (!found) return notFound;
    const { base, ...own } = body;
    if (own.state === "open" && found.pull.merged_at) {
      return invalid("PullRequest", "state", "invalid", "a merged one cannot be opened");
    }
    if (base !== undefined) found.pull.base = base;
    changeIssue(world, found, own);
    return said(200, pullView(world, found));
  },

  "pulls/list-files": (world, { path, search }) => {
    const found = pullOf(world, path);
    if (!found) return notFound;
    const head = world.commits.get(headShaOf(world, found.pull));
    const base = headOf(world, found.pull.base);
    const from = head && base && mergeBaseOf(world, base.sha, head.sha);
    const changes = from ? changesBetween(from.files, head.files) : [];
    return paged(world, { search }, changes, { below: `/pulls/${found.number}/files` });
  },
};

function whyNoPull(world: World, { head, base }: NewPull): string | undefined {
  const { owner } = world.options;
  const same = (one: Issue) => one.pull?.head === head && one.pull.base === base;
  if (world.issues.some((one) => one.state === "open" && same(one))) {
    return `A pull request already exists for ${owner}:${head}.`;
  }
  const [from, to] = [headOf(world, base)?.sha ?? "", headOf(world, head)?.sha ?? ""];
  if (commitsBetween(world, from, to).length > 0) return undefined;
  return `No commits between ${base} and ${head}`;
}

function custom(message: string): object {
  return { resource: "PullRequest", code: "custom", message };
}

function pullOf(
  world: World,
  { pull_number }: Asked["path"],
): (Issue & { pull: Pull }) | undefined {
  const found = world.issues.find(({ number }) => number === Number(pull_number));
  return found?.pull && (found as Issue & { pull: Pull });
}

function headShaOf(world: World, pull: Pull): string {
  return pull.merged_at ? pull.headSha : (headOf(world, pull.head)?.sha ?? pull.headSha);
}

export function pullView(world: World, issue: Issue): object {
  const { pull } = issue;
  if (!pull) throw new Error(`${issue.number} is no pull request`);
  const repo = {
    name: world.options.name,
    full_name: `${world.options.owner}/${world.options.name}`,
  };
  const end = (ref: string, sha: string) => ({
    ref,
    sha,
    label: `${world.options.owner}:${ref}`,
    user: userView(world.options.owner),
    repo,
  });
  return {
    ...issueFields(world, issue),
    draft: pull.draft,
    merged: pull.merged_at !== null,
    merged_at: pull.merged_at,
    merge_commit_sha: pull.merge_commit_sha,
    head: end(pull.head, headShaOf(world, pull)),
    base: end(pull.base, headOf(world, pull.base)?.sha ?? ""),
  };
}
