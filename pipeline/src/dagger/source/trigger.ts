import type { Config } from "../../config/config.ts";
import { ok, type Result } from "../../errors/problem.ts";
import type { EventKind, Trigger } from "../../plan/plan.ts";
import { type Checkout, triggerOfCheckout, triggerOfGithub } from "../../plan/trigger.ts";
import type { GitRepository } from "../client.ts";
import type { ModuleRequest } from "../request.ts";

const kinds: Readonly<Record<string, EventKind>> = {
  push: "push",
  "pull-request": "pull-request",
  pull_request: "pull-request",
  pull_request_target: "pull-request",
  merge_group: "pull-request",
  schedule: "schedule",
  manual: "manual",
  workflow_dispatch: "manual",
};

/** What started the run: GitHub's event where one was handed in, else what the checkout shows. */
export async function triggerOf(request: ModuleRequest, config: Config): Promise<Result<Trigger>> {
  const checkout = await readCheckout(request.repository);
  const { event, eventName, ref, base } = request;
  if (event) {
    return triggerOfGithub({
      name: eventName,
      text: await event.contents(),
      file: "event",
      ref,
      sha: checkout.commit,
      checkedOut: checkout.commit,
    });
  }
  const develop = config.environments.find(({ name }) => name === "staging")?.branch;
  const kind = eventName === undefined ? undefined : kinds[eventName];
  return ok(
    triggerOfCheckout(checkout, {
      ...(kind && { event: kind }),
      ...(ref && { branch: shortName(ref) }),
      ...(base && { base: shortName(base) }),
      ...(develop && { develop }),
    }),
  );
}

async function readCheckout(repository: GitRepository | undefined): Promise<Checkout> {
  if (!repository) return { branch: undefined, commit: undefined, branches: [] };
  const head = repository.head();
  const [ref, commit, branches] = await Promise.all([
    head.ref().catch(() => ""),
    head.commit().catch(() => undefined),
    repository.branches().catch(() => []),
  ]);
  const branch = ref.startsWith("refs/heads/") ? shortName(ref) : undefined;
  return { branch, commit, branches };
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|tags|remotes\/[^/]+)\//, "");
}
