import { addCommit, commitsBetween, headOf, mergeBaseOf, mergedFiles } from "./git.ts";
import { timeOf } from "./time.ts";
import type { World } from "./world.ts";

/** What a person does on GitHub's page: merges a pull request, mostly squashed to one commit. */
export function mergePull(
  world: World,
  number: number,
  how: "squash" | "merge" = "squash",
): { readonly sha: string } {
  const issue = world.issues.find((one) => one.number === number);
  const pull = issue?.pull;
  const [base, head] = [headOf(world, pull?.base ?? ""), headOf(world, pull?.head ?? "")];
  if (!issue || !pull || !base || !head) throw new Error(`pull request ${number} cannot be merged`);
  const ancestor = mergeBaseOf(world, base.sha, head.sha);
  const files = mergedFiles(ancestor?.files ?? new Map(), base.files, head.files);
  if (!files) throw new Error(`pull request ${number} conflicts with ${pull.base}`);
  const several = commitsBetween(world, base.sha, head.sha).length !== 1;
  const usePullTitle = several || world.repository.squash_merge_commit_title === "PR_TITLE";
  const title = usePullTitle ? issue.title : head.message;
  const message =
    how === "squash" ? `${title} (#${number})` : `Merge pull request #${number} from ${pull.head}`;
  const parents = how === "squash" ? [base.sha] : [base.sha, head.sha];
  const made = addCommit(world, pull.base, { message, files, parents });
  pull.headSha = head.sha;
  pull.merge_commit_sha = made.sha;
  pull.merged_at = timeOf(world);
  issue.state = "closed";
  issue.closed_at = pull.merged_at;
  issue.updated_at = pull.merged_at;
  if (world.repository.delete_branch_on_merge) world.refs.delete(`refs/heads/${pull.head}`);
  return made;
}
