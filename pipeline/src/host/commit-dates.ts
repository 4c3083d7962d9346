import { git } from "./git.ts";

const hash = /^[0-9a-f]{40,64}$/;
const mostCommits = 500;

/**
 * When the commits were made, in milliseconds since 1970, that `commit` has and none of `before`
 * do; without `before` its own. At most 500 of them, the newest. Nothing where this clone does not
 * have the commit.
 */
export async function commitDates(
  root: string,
  commit: string,
  before: readonly string[],
): Promise<readonly number[] | undefined> {
  if (!hash.test(commit)) return undefined;
  const known = before.filter((one) => hash.test(one));
  const range = known.length > 0 ? [...known.map((one) => `^${one}`)] : ["--no-walk"];
  // Without --ignore-missing for the commit itself: a clone that lacks it must say so.
  const there = await git(root, ["cat-file", "-e", `${commit}^{commit}`]);
  if (!there.ok) return undefined;
  const listed = await git(root, [
    "log",
    "--ignore-missing",
    "--format=%ct",
    `--max-count=${mostCommits}`,
    commit,
    ...range,
    "--",
  ]);
  if (!listed.ok) return undefined;
  return listed.value
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Number(line) * 1000);
}
