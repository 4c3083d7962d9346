import type { Known, Leak, PullRequestFacts } from "../../pull-request/facts.ts";
import { readTitle } from "../../pull-request/title.ts";
import { runGit } from "../git.ts";
import { readChanged, readMarkers } from "./change.ts";
import { type Commits, findCommits } from "./commits.ts";
import { readEnvironmentFiles } from "./environment.ts";
import { gitFailed } from "./failed.ts";
import { readConflicts } from "./merge.ts";

export interface FactsRequest {
  readonly directory: string;
  readonly title: string | undefined;
  readonly branch: string | undefined;
  readonly base: string;
  readonly head: string;
  readonly baseCommit?: string | undefined;
  readonly today: string;
  /** Looks for secrets in the commits between two. */
  readonly scan: (commits: Commits) => Promise<Known<readonly Leak[]>>;
}

/** Gathers everything that the checks look at. Changes nothing; what fails is not known. */
export async function gatherFacts(request: FactsRequest): Promise<PullRequestFacts> {
  const { title, branch, base, today } = request;
  const own = { today, base, branch, title: title === undefined ? undefined : readTitle(title) };
  const commits = await findCommits(request);
  if ("unknown" in commits) {
    return {
      ...own,
      files: commits,
      changed: commits,
      conflicts: commits,
      markers: commits,
      environment: commits,
      leaks: commits,
    };
  }
  const { value } = commits;
  const files = await readFiles(value);
  const [changed, conflicts, markers, environment, leaks] = await Promise.all([
    readChanged(value),
    readConflicts(value),
    readMarkers(value),
    "unknown" in files ? files : readEnvironmentFiles(value, files.value),
    request.scan(value),
  ]);
  return { ...own, files, changed, conflicts, markers, environment, leaks };
}

/** What the checked-out commit says of variables, without any base. */
export async function readEnvironment(
  directory: string,
  head: string,
): Promise<Pick<PullRequestFacts, "files" | "environment">> {
  const commits = await findCommits({ directory, head, base: "HEAD", baseCommit: head });
  if ("unknown" in commits) return { files: commits, environment: commits };
  const files = await readFiles(commits.value);
  if ("unknown" in files) return { files, environment: files };
  return { files, environment: await readEnvironmentFiles(commits.value, files.value) };
}

async function readFiles({ root, prefix, head }: Commits): Promise<Known<readonly string[]>> {
  const tree = `${head}:${prefix}`;
  const list = await runGit(root, ["ls-tree", "-r", "-z", "--name-only", "--full-tree", tree]);
  if (list.exit !== 0) return gitFailed("ls-tree", list);
  return { value: list.stdout.split("\0").filter((name) => name !== "") };
}
