import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentFiles, Known } from "../../pull-request/facts.ts";
import { parseEnvFile } from "../../stages/env-file.ts";
import { runGit } from "../git.ts";
import type { Commits } from "./commits.ts";

const example = /(^|\/)\.env\.(example|sample|template|dist)$/;
const mostExamples = 50;

/** Whether `.env` is ignored, and what the examples name, both as the head commit has them. */
export async function readEnvironmentFiles(
  commits: Commits,
  files: readonly string[],
): Promise<Known<EnvironmentFiles>> {
  const wanted = files.filter((file) => example.test(file)).slice(0, mostExamples);
  const examples = await Promise.all(
    wanted.map(async (file) => ({ file, names: namesIn(await textOf(commits, file)) })),
  );
  const ignore = files.includes(".gitignore") ? await textOf(commits, ".gitignore") : "";
  return { value: { ignored: await isIgnored(ignore), examples } };
}

/** Variables that are named, also in a comment: `# OPTIONAL=` says that there is one. */
function namesIn(text: string): string[] {
  const { values, references } = parseEnvFile(
    text.replaceAll(/^\s*#\s*(?=[A-Z_][A-Z0-9_]*=)/gm, ""),
  );
  return [...Object.keys(values), ...references, ...left(text)];
}

/** The left side of `KEY=${OTHER}`, which reads as a reference alone. */
function left(text: string): string[] {
  return [...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].map(([, name]) => name ?? "");
}

async function textOf({ root, head, prefix }: Commits, file: string): Promise<string> {
  const { exit, stdout } = await runGit(root, ["cat-file", "blob", `${head}:${prefix}${file}`]);
  return exit === 0 ? stdout : "";
}

/** Git itself is asked, in a repository that has nothing but this file: no user's own list counts. */
async function isIgnored(patterns: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "gantry-ignore-"));
  try {
    await runGit(folder, ["init", "--quiet", "--template="]);
    await writeFile(join(folder, ".gitignore"), patterns);
    const args = ["-c", "core.excludesFile=/dev/null", "check-ignore", "--quiet", "--", ".env"];
    return (await runGit(folder, args)).exit === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
