import { decideAll } from "../../adopt/decide-all.ts";
import type { Seen } from "../../adopt/migrate/seen.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { git } from "../../host/git.ts";
import type { CommonOptions } from "../common-options.ts";
import { groundOf } from "../init/existing.ts";
import { gatherAdoption } from "../init/gather.ts";
import type { Terminal } from "../main.ts";
import { openProject } from "../project.ts";
import { lookAtDeploys } from "./look-at-deploys.ts";
import { lookAtGithub } from "./look-at-github.ts";
import { lookAtSecrets } from "./look-at-secrets.ts";

/** Everything of a repository that shows how far its migration is. Changes nothing. */
export async function lookAround(
  root: string,
  options: CommonOptions,
  { env, cwd }: Terminal,
): Promise<Result<Seen>> {
  const request = { root, cwd, module: undefined, forced: [] };
  // One after the other: both read the source through the same copy of the index.
  const adoption = await gatherAdoption(request);
  if (!adoption.ok) return adoption;
  const project = await openProject({ ...options, C: root, event: "push" }, env, cwd);
  if (!project.ok) return project;
  const { source, facts } = adoption.value;
  const decisions = await decideAll(facts, groundOf(source, []));
  if (!decisions.ok) return decisions;
  const { main, develop } = facts.branches;
  const [refs, github, missingSecrets, proven] = await Promise.all([
    readRefs(root),
    lookAtGithub([main, develop], {
      ...env,
      GITHUB_REPOSITORY: env.GITHUB_REPOSITORY || facts.repository,
    }),
    lookAtSecrets(project.value, env),
    lookAtDeploys(project.value, env),
  ]);
  return ok({
    ...{ main, develop, ...refs, ...github, missingSecrets, proven },
    files: {
      // Without Gantry's address `init` leaves it out, and no workflow runs.
      ...(facts.gantry.kind === "unknown" && { "dagger.json": "create" as const }),
      ...Object.fromEntries(decisions.value.map(({ path, kind }) => [path, kind])),
    },
  });
}

/** Short names of branches, here and at the remote, and of tags. */
async function readRefs(root: string): Promise<Pick<Seen, "branches" | "tags">> {
  const refs = await git(root, [
    "for-each-ref",
    "--format=%(refname)",
    "refs/heads",
    "refs/remotes",
    "refs/tags",
  ]);
  const names = refs.ok ? refs.value.split("\n") : [];
  const below = (form: RegExp): string[] =>
    names.filter((name) => form.test(name)).map((name) => name.replace(form, ""));
  return { branches: below(/^refs\/(?:heads|remotes\/[^/]+)\//), tags: below(/^refs\/tags\//) };
}
