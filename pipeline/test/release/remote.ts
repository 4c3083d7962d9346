import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { execa } from "execa";
import { type Repository, scratchFolder } from "../builders/repository.ts";
import { commitObject, type GitObject, treeObjects } from "../stand-ins/github/world/objects.ts";
import type { World } from "../stand-ins/github/world/world.ts";

/** The git half of GitHub: a bare repository that shows what the stand-in's API shows. */
export interface Remote {
  /** `git push`: these branches or all, and tags; the API knows the very commits, by their names. */
  readonly push: (...branches: readonly string[]) => Promise<void>;
  /** `git pull` of the branch that is checked out, with what the API has made since. */
  readonly pull: () => Promise<void>;
  /** A checkout of somebody else. */
  readonly clone: () => Promise<string>;
}

export async function addRemote({ git }: Repository, world: World): Promise<Remote> {
  const bare = join(await scratchFolder(), "origin.git");
  await execa("git", ["init", "--quiet", "--bare", "--initial-branch=main", bare]);
  await git("remote", "add", "origin", bare);
  return {
    push: async (...branches) => {
      await git("push", "--quiet", "origin", ...(branches.length > 0 ? branches : ["--all"]));
      await git("push", "--quiet", "origin", "--tags");
      await mirror(world, bare);
    },
    pull: async () => {
      await writeOut(world, bare);
      await git("fetch", "--quiet", "--tags", "origin");
      const branch = await git("symbolic-ref", "--short", "HEAD");
      await git("merge", "--quiet", "--ff-only", `origin/${branch}`);
    },
    clone: async () => {
      await writeOut(world, bare);
      const folder = join(await scratchFolder(), "clone");
      await execa("git", ["clone", "--quiet", bare, folder]);
      return folder;
    },
  };
}

/** What a push of all branches and tags would bring. */
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
  const pushed = ["refs/heads", "refs/tags"];
  for (const line of await lines("for-each-ref", "--format=%(objectname) %(refname)", ...pushed)) {
    const [sha = "", ref = ""] = line.split(" ");
    world.refs.set(ref, { sha, type: "commit" });
  }
}

/** The objects that the API has made, as git keeps them, and then the refs. */
async function writeOut(world: World, bare: string): Promise<void> {
  for (const commit of world.commits.values()) {
    const made = commitObject(commit);
    // What was pushed is there already, with its own author and time zone.
    if (made.sha !== commit.sha) continue;
    for (const object of [...treeObjects(commit.files), made]) await writeObject(bare, object);
  }
  const refs = [...world.refs].map(([ref, { sha }]) => `update ${ref} ${sha}\n`);
  await execa("git", ["update-ref", "--stdin"], { cwd: bare, input: refs.join("") });
}

async function writeObject(bare: string, { sha, type, content }: GitObject): Promise<void> {
  const folder = join(bare, "objects", sha.slice(0, 2));
  await mkdir(folder, { recursive: true });
  const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  await writeFile(join(folder, sha.slice(2)), deflateSync(whole));
}
