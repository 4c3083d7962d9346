import { fail, ok, type Result } from "../../errors/problem.ts";
import { type BrokenEnd, type ProblemsEnd, problemsOfEnd } from "../../execute/contained-end.ts";
import { runActing } from "../acting.ts";
import type { File, GitRepository } from "../client.ts";
import { places } from "../environment.ts";
import type { Site } from "../executor/site.ts";
import { siteOf } from "../run/run.ts";
import { type GivenSecrets, readSecrets } from "../secrets.ts";
import { type ReadProject, readProject } from "../source/project.ts";
import { githubVariables } from "../variables.ts";
import type { GithubRequest } from "./request.ts";

/** Everything that is known before GitHub is asked. */
export interface Opened {
  readonly project: ReadProject;
  readonly repository: GitRepository;
  readonly secrets: GivenSecrets;
  readonly site: Site;
  readonly variables: Readonly<Record<string, string>>;
}

/** Reads the repository as it is checked out: what it says of images and certificates counts here. */
export async function open(request: GithubRequest, eventName?: "manual"): Promise<Result<Opened>> {
  const { repository } = request;
  if (!repository) return fail(noRepository);
  // An event belongs to what is asked; an unreadable one must not keep the rest from being said.
  const project = await readProject({ ...request, event: undefined, eventName });
  if (!project.ok) return project;
  const secrets = await readSecrets(request.secrets ?? []);
  return ok({
    project: project.value,
    repository,
    secrets,
    site: siteOf(request, project.value, crypto.randomUUID(), secrets.byName),
    variables: githubVariables(request, project.value.trigger.repository),
  });
}

const noRepository = {
  code: "GANTRY-NOT-A-REPOSITORY",
  message: "the folder is in no git repository, and what is said here is about one",
  mend: "call it in a git repository, or give one with `--repo`",
} as const;

export interface Question<End> {
  /** The procedure's name. */
  readonly procedure: string;
  /** What it is told, beside where its history is and where its end goes. */
  readonly told: object;
  /** Further files, by their paths in the container. */
  readonly files?: Readonly<Record<string, File>>;
  readonly read: (text: string) => End | ProblemsEnd | BrokenEnd | undefined;
}

/** Asks from a container that gets GitHub's token and no other secret; never from the cache. */
export async function ask<End extends { readonly kind: string }>(
  { site, repository, variables }: Opened,
  { procedure, told, files, read }: Question<End>,
): Promise<Result<Exclude<End, ProblemsEnd | BrokenEnd>>> {
  const { left, why } = await runActing({
    site,
    ref: repository.head(),
    procedure,
    spec: (left) => ({ variables, ...told, root: places.source, left }),
    secrets: ["GITHUB_TOKEN"],
    ...(files && { files }),
    timeoutSeconds: 300,
    output: async (text) => console.error(text),
  });
  const mend = "call it again: it looks first, and what is done already is left alone";
  const end = read(left) ?? { kind: "broken" as const, reason: why, mend };
  if (isRefused(end)) return fail(...problemsOfEnd(end, "GANTRY-GITHUB-FAILED"));
  return ok(end as Exclude<End, ProblemsEnd | BrokenEnd>);
}

function isRefused(end: { readonly kind: string }): end is ProblemsEnd | BrokenEnd {
  return end.kind === "problems" || end.kind === "broken";
}
