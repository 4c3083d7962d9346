import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { onTestFinished } from "vitest";

/** A folder that is gone when the test has ended. */
export async function scratchFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "gantry-test-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

export interface Repository {
  readonly root: string;
  readonly git: (...args: string[]) => Promise<string>;
  readonly write: (path: string, content: string | Uint8Array) => Promise<void>;
  readonly commit: (message?: string) => Promise<void>;
}

/** Nobody's own configuration, and a name to commit by. */
const identity = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
};

/** A real git repository with these files, all of them committed. */
export async function scratchRepository(
  files: Readonly<Record<string, string>> = {},
): Promise<Repository> {
  const root = await scratchFolder();
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await execa("git", args, { cwd: root, env: identity });
    return stdout;
  };
  const write: Repository["write"] = async (path, content) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  const commit: Repository["commit"] = async (message = "feat: more") => {
    await git("add", "--all");
    await git("commit", "--quiet", "--allow-empty", "--message", message);
  };
  await git("init", "--quiet", "--template=", "--initial-branch=main");
  for (const [path, content] of Object.entries(files)) await write(path, content);
  if (Object.keys(files).length > 0) await commit("feat: first");
  return { root, git, write, commit };
}

/** Everything below a folder: kind, mode and content, to compare before and after. */
export async function snapshot(
  folder: string,
  leaveOut: readonly string[] = [],
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const walk = async (path: string): Promise<void> => {
    for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      if (leaveOut.includes(inner)) continue;
      const full = join(folder, inner);
      if (entry.isDirectory()) await walk(inner);
      else if (entry.isSymbolicLink()) found[inner] = `link ${await readlink(full)}`;
      else {
        const { mode } = await stat(full);
        found[inner] = `${(mode & 0o777).toString(8)} ${await readFile(full, "latin1")}`;
      }
    }
  };
  await walk("");
  return found;
}
