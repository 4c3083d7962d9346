import { execa } from "execa";
import type { World } from "../stand-ins/github/world/world.ts";

/** What `git push --all` would bring to GitHub: the stand-in gets the very commits, by their SHAs. */
export async function mirror(world: World, root: string): Promise<void> {
  const git = async (...args: string[]): Promise<string> =>
    (await execa("git", args, { cwd: root, stripFinalNewline: false })).stdout;
  const lines = async (...args: string[]): Promise<string[]> =>
    (await git(...args)).split("\n").filter((line) => line !== "");
  for (const sha of await lines("rev-list", "--all")) {
    if (world.commits.has(sha)) continue;
    const [parents = "", date = "", author = "", message = ""] = (
      await git("log", "-1", "--format=%P%x00%cI%x00%an%x00%B", sha)
    ).split("\0");
    const names = await lines("ls-tree", "-r", "--name-only", sha);
    const files = await Promise.all(
      names.map(async (name) => [name, Buffer.from(await git("show", `${sha}:${name}`))] as const),
    );
    world.commits.set(sha, {
      sha,
      message: message.trim(),
      author,
      date: new Date(date).toISOString().replace(".000", ""),
      parents: parents.split(" ").filter((parent) => parent !== ""),
      files: new Map(files),
    });
  }
  for (const line of await lines(
    "for-each-ref",
    "--format=%(objectname) %(refname)",
    "refs/heads",
  )) {
    const [sha = "", ref = ""] = line.split(" ");
    world.refs.set(ref, { sha, type: "commit" });
  }
}
