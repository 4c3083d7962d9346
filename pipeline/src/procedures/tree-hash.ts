import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

/**
 * The hash of a folder's content in the form that a plan from elsewhere carries: `git-tree:` is
 * what `git write-tree` gives for the same files, `files:` that of a folder without git.
 */
export async function hashTree(folder: string, form: string): Promise<string> {
  return form === "files"
    ? `files:${await hashFiles(folder)}`
    : `git-tree:${await gitTree(folder)}`;
}

interface Entry {
  readonly name: string;
  readonly mode: string;
  readonly id: Buffer;
}

async function gitTree(folder: string): Promise<string> {
  return (
    (await treeOf(folder))?.toString("hex") ?? gitObject("tree", Buffer.alloc(0)).toString("hex")
  );
}

/** Git knows no empty folder. */
async function treeOf(folder: string): Promise<Buffer | undefined> {
  const entries: Entry[] = [];
  for (const name of await readdir(folder)) {
    const entry = await entryOf(join(folder, name), name);
    if (entry) entries.push(entry);
  }
  if (entries.length === 0) return undefined;
  // Git sorts by bytes, a folder as if its name ended with a slash.
  const key = ({ name, mode }: Entry): Buffer => Buffer.from(mode === "40000" ? `${name}/` : name);
  entries.sort((a, b) => Buffer.compare(key(a), key(b)));
  const rows = entries.flatMap(({ mode, name, id }) => [Buffer.from(`${mode} ${name}\0`), id]);
  return gitObject("tree", Buffer.concat(rows));
}

async function entryOf(path: string, name: string): Promise<Entry | undefined> {
  const stat = await lstat(path);
  if (stat.isSymbolicLink()) {
    return { name, mode: "120000", id: gitObject("blob", Buffer.from(await readlink(path))) };
  }
  if (stat.isDirectory()) {
    const id = await treeOf(path);
    return id && { name, mode: "40000", id };
  }
  if (!stat.isFile()) return undefined;
  const mode = stat.mode & 0o100 ? "100755" : "100644";
  return { name, mode, id: gitObject("blob", await readFile(path)) };
}

function gitObject(kind: string, content: Buffer): Buffer {
  return createHash("sha1").update(`${kind} ${content.length}\0`).update(content).digest();
}

/** As the host counts a folder that is no git checkout. */
async function hashFiles(root: string): Promise<string> {
  const hash = createHash("sha256");
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile() || entry.isSymbolicLink()) hash.update(await fileLine(root, path));
    }
  };
  await walk("");
  return hash.digest("hex");
}

async function fileLine(root: string, path: string): Promise<string> {
  const full = join(root, path);
  const stat = await lstat(full);
  const link = stat.isSymbolicLink();
  const content = link ? await readlink(full) : await readFile(full);
  const id = createHash("sha256").update(content).digest("hex");
  return `${path}\0${link ? "link" : stat.mode & 0o100 ? "executable" : "file"}\0${id}\0`;
}
