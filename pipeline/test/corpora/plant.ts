import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { harmlessFiles } from "./harmless.ts";
import { createRandom } from "./random.ts";
import { contexts, privateKeys, stores, tokens } from "./tokens.ts";

/** A repository with secrets of which is known where they are, and with much that only looks so. */
export interface Planted {
  readonly folder: string;
  readonly base: string;
  readonly head: string;
  /** Every file (or commit message, as `message`) with a secret, and what kind of case it is. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly harmless: readonly string[];
  /** Every value, to look for in what may not hold them. */
  readonly values: readonly string[];
}

export const hidden = "hidden from the diff";
export const marked = "marked as allowed by its author";
export const past = "taken out again later";
export const inMessage = "in a commit's message";
export const encoded = "encoded in base64";

export async function plant(folder: string, seed = 1): Promise<Planted> {
  const random = createRandom(seed);
  const secrets = new Map<string, string>();
  const values: string[] = [];
  const git = async (...args: string[]): Promise<string> =>
    (await execa("git", [...identity, ...args], { cwd: folder })).stdout;
  const write = async (path: string, text: string | Buffer): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const commit = async (message: string): Promise<string> => {
    await git("add", "--all");
    await git("commit", "--quiet", "--message", message);
    return git("rev-parse", "HEAD");
  };
  const token = (kind = "GitHub, classic"): string => {
    const value = (tokens[kind] as (r: typeof random) => string)(random);
    values.push(value);
    return value;
  };
  const line = (): string => `token = "${token()}"\n`;

  await git("init", "--quiet", "--initial-branch=main");
  await write("merged.txt", "a\nb\nc\n");
  const base = await commit("feat: first");
  await git("checkout", "--quiet", "-b", "feature/x");

  for (const [index, kind] of Object.keys(tokens).entries()) {
    for (const [name, lay] of Object.entries(contexts)) {
      const path = `plain/${index}/${name}`;
      await write(path, lay(kind, token(kind)));
      secrets.set(path, kind);
    }
  }
  for (const [name, text] of Object.entries(privateKeys())) {
    await write(`keys/${name}`, text);
    secrets.set(`keys/${name}`, "private key");
    values.push(...text.split("\n").filter((part) => part.length > 40 && !part.startsWith("-")));
  }
  for (const [name, text] of Object.entries(stores)) {
    await write(`stores/${name}`, text(random));
    secrets.set(`stores/${name}`, "a program's own store");
  }
  await commit("feat: plain");

  await write("past/a.py", line());
  await commit("feat: by mistake");
  await git("rm", "--quiet", "past/a.py");
  await commit("fix: take it out");
  secrets.set("past/a.py", past);

  await write("other.txt", "x\n");
  await commit(`chore: use ${token()}`);
  secrets.set("message", inMessage);

  await write(".gitattributes", "hidden/** binary\n");
  await write("hidden/attribute.py", line());
  await write("zero/byte.py", Buffer.concat([Buffer.from([0, 1, 2, 10]), Buffer.from(line())]));
  await write("marked/a.py", line().replace("\n", "  # betterleaks:allow gitleaks:allow\n"));
  await write("encoded/a.py", `payload = "${Buffer.from(line()).toString("base64")}"\n`);
  secrets.set("hidden/attribute.py", hidden);
  secrets.set("zero/byte.py", hidden);
  secrets.set("marked/a.py", marked);
  secrets.set("encoded/a.py", encoded);
  await commit("feat: hidden");

  const harmless = harmlessFiles(random);
  for (const [name, text] of Object.entries(harmless)) await write(`harmless/${name}`, text);
  await commit("feat: harmless");

  await git("checkout", "--quiet", "main");
  await write("merged.txt", "a\nB\nc\n");
  await commit("feat: on main");
  await git("checkout", "--quiet", "feature/x");
  await write("merged.txt", "a\nX\nc\n");
  await commit("feat: on the branch");
  await execa("git", [...identity, "merge", "--quiet", "main"], { cwd: folder, reject: false });
  await write("merged.txt", `a\n${line()}c\n`);
  const head = await commit("chore: merge main");
  secrets.set("merged.txt", hidden);
  return {
    folder,
    base,
    head,
    secrets,
    values,
    harmless: Object.keys(harmless).map((n) => `harmless/${n}`),
  };
}

const identity = [
  ...["-c", "user.name=Test", "-c", "user.email=test@example.com"],
  ...["-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false"],
];
