import { z } from "zod";
import { fail, ok, type Result } from "../errors/problem.ts";
import type { EventKind, Trigger } from "./plan.ts";

/** What a checkout says of itself. */
export interface Checkout {
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  /** Local and remote branches by their short names. */
  readonly branches: readonly string[];
  /** The address of its remote, if it has one. */
  readonly remote?: string | undefined;
}

export interface TriggerOptions {
  readonly event?: EventKind;
  readonly branch?: string;
  readonly base?: string;
  /** Whether the repository names a staging branch, and which. */
  readonly develop?: string;
}

const githubNames: Readonly<Record<EventKind, string>> = {
  push: "push",
  "pull-request": "pull_request",
  schedule: "schedule",
  manual: "workflow_dispatch",
};

/**
 * The trigger of a run on a laptop: what GitHub would ask of this branch. A pull request to main
 * from `develop` or `hotfix/*`, else one to develop, or to main where there is no develop.
 */
export function triggerOfCheckout(checkout: Checkout, options: TriggerOptions): Trigger {
  const branch = options.branch ?? checkout.branch ?? "HEAD";
  const event = options.event ?? "pull-request";
  const base =
    event === "pull-request" ? (options.base ?? baseFor(branch, checkout, options)) : undefined;
  return {
    event,
    branch,
    ...(base && { base }),
    ...repositoryOf(checkout.remote),
    commit: checkout.commit ?? "0".repeat(40),
    eventName: githubNames[event],
    fork: false,
  };
}

/** `owner/name`, from either form of a GitHub address. */
export function repositoryIn(remote: string | undefined): string | undefined {
  return /github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(remote ?? "")?.[1];
}

function repositoryOf(remote: string | undefined): { repository?: string } {
  const found = repositoryIn(remote);
  return found ? { repository: found } : {};
}

function baseFor(branch: string, checkout: Checkout, options: TriggerOptions): string {
  const develop = options.develop ?? "develop";
  const main =
    ["main", "master", "trunk"].find((name) => checkout.branches.includes(name)) ?? "main";
  const toMain = branch === develop || branch.startsWith("hotfix/");
  return !toMain && checkout.branches.includes(develop) ? develop : main;
}

const reference = z.object({
  ref: z.string(),
  sha: z.string(),
  repo: z.object({ full_name: z.string() }).nullish(),
});
const eventSchema = z.object({
  ref: z.string().optional(),
  after: z.string().optional(),
  sender: z.object({ login: z.string() }).optional(),
  repository: z.object({ full_name: z.string() }).optional(),
  pull_request: z
    .object({ number: z.int(), title: z.string(), head: reference, base: reference })
    .optional(),
  merge_group: z
    .object({
      head_ref: z.string(),
      head_sha: z.string(),
      base_ref: z.string(),
      base_sha: z.string().optional(),
    })
    .optional(),
  schedule: z.string().optional(),
});

/** What GitHub hands to a workflow: the event's name and file, and the ref where the event has none. */
export interface GithubEvent {
  readonly name: string | undefined;
  readonly text: string;
  readonly file: string;
  readonly ref?: string | undefined;
  readonly sha?: string | undefined;
  /** The commit that is checked out, as git says. */
  readonly checkedOut?: string | undefined;
}

/** The trigger of a run on GitHub. Nothing further down looks at GitHub's environment. */
export function triggerOfGithub(given: GithubEvent): Result<Trigger> {
  const refuse = (why: string): ReturnType<typeof fail> =>
    fail({
      code: "GANTRY-EVENT-INVALID",
      file: given.file,
      message: `GitHub's event cannot be used: ${why}`,
      mend: "give the file that GITHUB_EVENT_PATH names, or say `--event` and `--branch`",
    });
  let json: unknown;
  try {
    json = JSON.parse(given.text);
  } catch {
    return refuse("it is not JSON");
  }
  const parsed = eventSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse(`${issue?.path.join(".") || "it"}: ${issue?.message}`);
  }
  const trigger = fromEvent(parsed.data, given);
  if (!trigger) return refuse("it names neither a pull request, a merge group nor a ref");
  const { checkedOut } = given;
  const merged = checkedOut !== undefined && checkedOut !== trigger.commit;
  return ok(merged ? { ...trigger, checkedOut } : trigger);
}

function fromEvent(event: z.infer<typeof eventSchema>, given: GithubEvent): Trigger | undefined {
  const actor = {
    ...(event.sender && { actor: event.sender.login }),
    ...(event.repository && { repository: event.repository.full_name }),
  };
  const pull = event.pull_request;
  if (pull) {
    return {
      event: "pull-request",
      branch: pull.head.ref,
      base: pull.base.ref,
      baseCommit: pull.base.sha,
      commit: pull.head.sha,
      eventName: given.name ?? "pull_request",
      fork: pull.head.repo?.full_name !== pull.base.repo?.full_name,
      pullRequest: { number: pull.number, title: pull.title },
      ...actor,
    };
  }
  const group = event.merge_group;
  if (group) {
    return {
      event: "pull-request",
      branch: shortRef(group.head_ref),
      base: shortRef(group.base_ref),
      ...(group.base_sha && { baseCommit: group.base_sha }),
      commit: group.head_sha,
      eventName: given.name ?? "merge_group",
      fork: false,
      ...actor,
    };
  }
  const ref = event.ref ?? given.ref;
  const commit = event.after ?? given.sha;
  if (!ref || !commit) return undefined;
  return {
    event: kindOf(given.name, event),
    branch: shortRef(ref),
    commit,
    eventName: given.name ?? "push",
    fork: false,
    ...actor,
  };
}

function kindOf(name: string | undefined, event: z.infer<typeof eventSchema>): EventKind {
  if (name === "schedule" || event.schedule) return "schedule";
  return name === "workflow_dispatch" || name === "repository_dispatch" ? "manual" : "push";
}

/** A tag keeps its full name: one that is called `main` is no push to the branch. */
function shortRef(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}
