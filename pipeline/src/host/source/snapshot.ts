import { filesToRead, type Survey } from "../../config/survey.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { git, runGit } from "../git.ts";
import { treeOf } from "../version.ts";
import { nameOf } from "./survey.ts";

/** A commit's files, whatever the work tree looks like. */
export interface Snapshot {
  readonly survey: Survey;
  /** Texts by file, of those that are there. */
  readonly read: (files: readonly string[]) => Promise<Result<ReadonlyMap<string, string>>>;
}

export async function snapshotAt(root: string, commit: string): Promise<Result<Snapshot>> {
  const tree = await treeOf(root, commit);
  const listed = await git(root, ["ls-tree", "-r", "-z", "--full-tree", tree]);
  if (!listed.ok) return listed;
  const ids = idsIn(listed.value);
  const read: Snapshot["read"] = (files) => readAll(root, ids, files);
  const files = [...ids.keys()];
  const texts = await read(filesToRead(files));
  if (!texts.ok) return texts;
  return ok({ survey: { name: await nameOf(root), files, texts: texts.value }, read });
}

/** `MODE blob ID<tab>PATH`: links and other repositories are no files. */
function idsIn(listed: string): ReadonlyMap<string, string> {
  const entries = listed.matchAll(/(?:^|\0)100\d{3} blob ([0-9a-f]+)\t([^\0]+)/g);
  return new Map([...entries].map(([, id = "", path = ""]) => [path, id]));
}

/** All in one: starting git takes longer than its answer. */
async function readAll(
  root: string,
  ids: ReadonlyMap<string, string>,
  files: readonly string[],
): Promise<Result<ReadonlyMap<string, string>>> {
  const wanted = files.filter((file) => ids.has(file));
  const input = wanted.map((file) => `${ids.get(file)}\n`).join("");
  const args = ["cat-file", "--batch", "--buffer"];
  const { exit, stdout } = await runGit(root, args, { input, encoding: "latin1" });
  const texts = exit === 0 ? contentsIn(stdout) : [];
  if (texts.length < wanted.length) return fail(notWhole);
  return ok(new Map(wanted.map((file, index) => [file, texts[index] ?? ""])));
}

/** `ID blob BYTES`, a line's end, as many bytes, and a line's end again; `ID missing` has none. */
function contentsIn(output: string): string[] {
  const contents: string[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf("\n", at);
    const [, bytes] = /^[0-9a-f]+ blob (\d+)$/.exec(output.slice(at, end)) ?? [];
    if (bytes === undefined) break;
    const next = end + 1 + Number(bytes);
    contents.push(Buffer.from(output.slice(end + 1, next), "latin1").toString("utf8"));
    at = next + 1;
  }
  return contents;
}

const notWhole = {
  code: "GANTRY-GIT-FAILED",
  message: "the content of files at the released commit cannot be read: this clone lacks it",
  mend: "clone without `--filter`, or run `git fetch --refetch`",
} as const;
