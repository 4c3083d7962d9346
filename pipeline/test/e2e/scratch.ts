import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import type { Run, StageRun } from "../../src/execute/run.ts";
import { readSource } from "../../src/host/source/source.ts";
import { syncWorkspace } from "../../src/host/source/workspace.ts";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const example = join(root, "examples", "rose");

/** A copy of the example in a git repository of its own, which tests may break and mend again. */
export interface Scratch {
  readonly folder: string;
  /** Changes one file; the text must have been there, so that a test cannot silently break nothing. */
  readonly replace: (file: string, before: string, after: string) => Promise<void>;
  readonly write: (file: string, text: string) => Promise<void>;
  readonly mend: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** A copy of the example. */
export function createScratch(): Promise<Scratch> {
  return createRepository(async (folder) => {
    const source = await readSource(example);
    if (!source.ok) throw new Error(JSON.stringify(source.problems));
    await syncWorkspace(source.value, folder, new Set([".gantry"]));
  });
}

/** A package without dependencies, installed in no time, whose one test command is given. */
export function createTiny(
  suite: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>> = {},
  more: Readonly<Record<string, unknown>> = {},
): Promise<Scratch> {
  const config = {
    components: {
      tiny: {
        path: ".",
        toolchain: "npm",
        tests: { unit: { coverage: { minimum: 0 }, ...suite } },
      },
    },
    ...more,
  };
  return createRepository(async (folder) => {
    const all = {
      "package.json": JSON.stringify({ name: "tiny", version: "1.0.0", private: true }),
      "gantry.yaml": JSON.stringify(config, null, 2),
      ...files,
    };
    for (const [name, text] of Object.entries(all)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text, { mode: 0o755 });
    }
  });
}

async function createRepository(fill: (folder: string) => Promise<void>): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), "gantry e2e "));
  await fill(folder);
  const git = (...args: string[]) => execa("git", args, { cwd: folder });
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Test");
  await git("config", "user.email", "test@example.com");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "feat: rose");
  const write = (file: string, text: string) => writeFile(join(folder, file), text);
  return {
    folder,
    write,
    async replace(file, before, after) {
      const text = await readFile(join(folder, file), "utf8");
      if (!text.includes(before)) throw new Error(`${file} has no ${before}`);
      await write(file, text.replace(before, after));
    },
    async mend() {
      await git("checkout", "--quiet", "--", ".");
      await git("clean", "--quiet", "--force", "-d");
    },
    async remove() {
      // What laid the example out has noted beside it what it laid.
      await rm(`${folder}.files.json`, { force: true });
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface GantryEnd {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** No Docker daemon and no engine, whatever this machine has: the embedded default. */
export const withoutDocker = { DOCKER_HOST: "unix:///nonexistent/docker.sock" };

/** Runs the command line as a person would, through `scripts/gantry`. */
export async function gantry(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<GantryEnd> {
  const result = await execa(join(root, "scripts", "gantry"), args, {
    reject: false,
    env: { ...withoutDocker, GITHUB_ACTIONS: "", GITHUB_EVENT_PATH: "", NO_COLOR: "1", ...env },
    stdin: "ignore",
    maxBuffer: 256 * 1024 * 1024,
  });
  return {
    exit: result.exitCode ?? -1,
    stdout: String(result.stdout),
    stderr: String(result.stderr),
  };
}

export function stageOf(run: Run, id: string): StageRun {
  const stage = run.stages.find((candidate) => candidate.id === id);
  if (!stage) throw new Error(`the run has no stage ${id}`);
  return stage;
}
