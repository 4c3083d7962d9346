import { createHash } from "node:crypto";
import {
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  utimes,
} from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, type Problem, type Result } from "../../errors/problem.ts";
import { makeGantryFolder } from "../gantry-folder.ts";
import { git, gitLine } from "../git.ts";
import { withoutEscapingLinks } from "./links.ts";

export interface SourceFile {
  readonly path: string;
  /** A content id: equal ids, equal content. */
  readonly id: string;
  readonly kind: "file" | "executable" | "link";
}

/** What git tracks plus what is untracked and not ignored, without `.git` and `.gantry`. */
export interface Source {
  readonly root: string;
  readonly files: readonly SourceFile[];
  /** Changes when any file's path, mode or content does. */
  readonly hash: string;
  readonly commit: string | undefined;
  readonly branch: string | undefined;
  readonly warnings: readonly string[];
}

/** Reads the source of a folder: of a git checkout or a part of one, or of a plain folder. */
export async function readSource(directory: string): Promise<Result<Source>> {
  const root = await realpath(directory);
  const inside = await gitLine(root, ["rev-parse", "--is-inside-work-tree"]);
  // A folder that its repository ignores is no part of it.
  const ignored = inside !== "true" || (await git(root, ["check-ignore", "--quiet", "."])).ok;
  const source = ignored ? await readPlainFolder(root) : await readCheckout(root);
  if (!source.ok) return source;
  const { files, warnings } = await withoutEscapingLinks(root, source.value.files);
  return ok({ ...source.value, files, warnings: [...source.value.warnings, ...warnings] });
}

async function readCheckout(root: string): Promise<Result<Source>> {
  const scratch = join(await makeGantryFolder(root), "git");
  await mkdir(join(scratch, "objects"), { recursive: true });
  const [commit, branch, tree] = await Promise.all([
    gitLine(root, ["rev-parse", "--verify", "HEAD"]),
    gitLine(root, ["symbolic-ref", "--short", "-q", "HEAD"]),
    readTree(root, scratch),
  ]);
  if (!tree.ok) return tree;
  const { files, hash, warnings } = tree.value;
  return ok({ root, files, hash, commit, branch, warnings });
}

type Tree = Pick<Source, "files" | "hash" | "warnings">;

/**
 * A copy of the index knows which files are unchanged, and new objects go into a place of ours:
 * the repository itself is not written to.
 */
async function readTree(root: string, scratch: string): Promise<Result<Tree>> {
  const [index, objects, prefix] = await Promise.all([
    gitLine(root, ["rev-parse", "--path-format=absolute", "--git-path", "index"]),
    gitLine(root, ["rev-parse", "--path-format=absolute", "--git-path", "objects"]),
    gitLine(root, ["rev-parse", "--show-prefix"]),
  ]);
  // Of this very call: two may read the same repository at once, in one process too.
  const room = await mkdtemp(join(scratch, "index-"));
  const own = join(room, "index");
  if (index) await copyIndex(index, own);
  const env = {
    GIT_INDEX_FILE: own,
    GIT_OBJECT_DIRECTORY: join(scratch, "objects"),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects ?? "",
  };
  const added = await git(root, ["add", "--all", "--ignore-errors", "--", "."], env);
  if (!added.ok && !added.problems.every(isEmptyRepository)) {
    await rm(room, { recursive: true, force: true });
    return added;
  }
  const [tree, list] = await Promise.all([
    git(root, ["write-tree", ...(prefix ? [`--prefix=${prefix}`] : [])], env),
    git(root, ["ls-files", "--stage", "-t", "-z"], env),
  ]);
  await rm(room, { recursive: true, force: true });
  if (!tree.ok) return tree;
  if (!list.ok) return list;
  return withSubmodules(root, scratch, { ...parseStage(list.value), tree: tree.value.trim() });
}

/**
 * With its age: git looks into files of the same size that changed in the second in which the
 * index was written, and takes them for unchanged in an index that is younger.
 */
async function copyIndex(from: string, to: string): Promise<void> {
  const found = await stat(from).catch(() => undefined);
  if (!found) return;
  await copyFile(from, to);
  await utimes(to, found.atime, found.mtime);
}

/** A repository inside the repository that has no commit yet has nothing that could be listed. */
function isEmptyRepository({ message }: Problem): boolean {
  return message.includes("does not have a commit checked out");
}

/** Submodules' files belong to the source, as they lie there; their own history does not. */
async function withSubmodules(
  root: string,
  scratch: string,
  { files, submodules, warnings, tree }: ReturnType<typeof parseStage> & { tree: string },
): Promise<Result<Tree>> {
  if (submodules.length === 0) return ok({ files, hash: `git-tree:${tree}`, warnings });
  const all = [...files];
  const hash = createHash("sha256").update(tree);
  for (const path of submodules) {
    const nested = await readSubmodule(join(root, path), scratch);
    if (!nested) {
      warnings.push(
        `the submodule ${path} is not checked out, so its files are missing: git submodule update --init`,
      );
      continue;
    }
    if (!nested.ok) return nested;
    all.push(...nested.value.files.map((file) => ({ ...file, path: `${path}/${file.path}` })));
    warnings.push(...nested.value.warnings);
    hash.update(`\0${path}\0${nested.value.hash}`);
  }
  return ok({ files: all, hash: `git-tree:${hash.digest("hex")}`, warnings });
}

async function readSubmodule(folder: string, scratch: string): Promise<Result<Tree> | undefined> {
  const top = await gitLine(folder, ["rev-parse", "--show-toplevel"]);
  const real = await realpath(folder).catch(() => undefined);
  return top !== undefined && top === real ? readTree(folder, scratch) : undefined;
}

const modes = new Map<string, SourceFile["kind"]>([
  ["100644", "file"],
  ["100755", "executable"],
  ["120000", "link"],
]);

function parseStage(text: string): {
  files: SourceFile[];
  submodules: string[];
  warnings: string[];
} {
  const files: SourceFile[] = [];
  const submodules: string[] = [];
  const warnings: string[] = [];
  const broken = text.includes("\uFFFD");
  for (const entry of text.split("\0")) {
    if (entry === "") continue;
    const tab = entry.indexOf("\t");
    // tag, mode, id, and the number of the stage: `H 100644 8f3e… 0`
    const mode = entry.slice(2, 8);
    const id = entry.slice(9, tab - 2);
    // A sparse checkout leaves files out on purpose: they are not there to be copied.
    if (entry[0] === "S") continue;
    const path = entry.slice(tab + 1);
    const kind = modes.get(mode);
    if (path.startsWith(".gantry/")) continue;
    if (broken && path.includes("\uFFFD")) {
      warnings.push(`a file name that is no UTF-8 was left out: ${path}`);
    } else if (kind) {
      files.push({ path, id, kind });
    } else if (mode === "160000") {
      submodules.push(path);
    }
  }
  return { files, submodules, warnings };
}

const setAside = new Set([".git", ".gantry", "node_modules", ".venv", "__pycache__"]);
const maximumFiles = 200_000;

async function readPlainFolder(root: string): Promise<Result<Source>> {
  const files: SourceFile[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (setAside.has(entry.name) || files.length > maximumFiles) continue;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile() || entry.isSymbolicLink()) files.push(await plainFile(root, path));
    }
  };
  try {
    await walk("");
  } catch (error) {
    return fail({
      code: "GANTRY-NOT-A-REPOSITORY",
      message: `the folder ${root} cannot be read: ${error instanceof Error ? error.message : error}`,
      mend: "name a folder with `-C DIR`",
    });
  }
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.path}\0${file.kind}\0${file.id}\0`);
  const digest = `files:${hash.digest("hex")}`;
  return ok({ root, files, hash: digest, commit: undefined, branch: undefined, warnings: [] });
}

/** One file of a folder that is no checkout. */
export async function plainFile(root: string, path: string): Promise<SourceFile> {
  const full = join(root, path);
  const stat = await lstat(full);
  const link = stat.isSymbolicLink();
  const content = link ? await readlink(full) : await readFile(full);
  const id = createHash("sha256").update(content).digest("hex");
  return { path, id, kind: link ? "link" : stat.mode & 0o100 ? "executable" : "file" };
}
