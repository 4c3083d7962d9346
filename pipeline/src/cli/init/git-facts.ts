import type { Surroundings } from "../../adopt/facts-of.ts";
import { git, gitLine } from "../../host/git.ts";
import { triggerOfCheckout } from "../../plan/trigger.ts";

const mostAuthors = 5;
const mostCommits = "--max-count=5000";

/** What git says of a repository: its main branch, its address, who works on it. */
export async function readGitFacts(
  root: string,
  branch: string | undefined,
): Promise<Pick<Surroundings, "mainBranch" | "repository" | "authors">> {
  const [remoteHead, remote, heads, authors] = await Promise.all([
    gitLine(root, ["symbolic-ref", "--short", "-q", "refs/remotes/origin/HEAD"]),
    gitLine(root, ["config", "--get", "remote.origin.url"]),
    git(root, ["for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads"]),
    git(root, ["shortlog", "--summary", "--numbered", "--no-merges", mostCommits, "HEAD", "--"]),
  ]);
  const local = heads.ok ? heads.value.split("\n") : [];
  const usual = ["main", "master", "trunk"].find((name) => local.includes(name));
  const checkout = { branch, commit: undefined, branches: local, remote };
  const { repository } = triggerOfCheckout(checkout, { event: "push" });
  return {
    mainBranch: remoteHead?.replace(/^origin\//, "") ?? usual ?? branch ?? "main",
    ...(repository && { repository }),
    authors: authors.ok ? authorsIn(authors.value) : [],
  };
}

/** `   12\tName`, most commits first; bots review nothing. */
function authorsIn(text: string): Surroundings["authors"] {
  return text
    .split("\n")
    .map((line) => /^\s*(\d+)\t(.+)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, commits, name]) => ({ name: name as string, commits: Number(commits) }))
    .filter(({ name }) => !name.endsWith("[bot]"))
    .slice(0, mostAuthors);
}
