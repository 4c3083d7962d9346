import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RootFiles } from "../../config/infer/release/root-files.ts";
import { git } from "../git.ts";

/** Those of a checkout; where only `.git` is there, those of HEAD. */
export async function checkoutFiles(directory: string): Promise<RootFiles> {
  const names = await listFolder(directory);
  if (names.length === 1 && names[0] === ".git/") return committedFiles(directory, "HEAD");
  return {
    list: async (folder) => (folder === "." ? names : listFolder(join(directory, folder))),
    text: (path) => readFile(join(directory, path), "utf8").catch(() => undefined),
  };
}

/** Those of a commit, whatever is checked out. */
export function committedFiles(directory: string, commit: string): RootFiles {
  return {
    async list(folder) {
      const tree = folder === "." ? commit : `${commit}:${folder}`;
      const listed = await git(directory, ["ls-tree", "-z", "--end-of-options", tree]);
      return listed.ok ? listed.value.split("\0").flatMap(entryName) : [];
    },
    async text(path) {
      const shown = await git(directory, ["cat-file", "blob", `${commit}:${path}`]);
      return shown.ok ? shown.value : undefined;
    },
  };
}

/** Links are left alone: they may lead out of the repository, and files of other kinds may not end. */
async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) =>
    entry.isFile() ? [entry.name] : entry.isDirectory() ? [`${entry.name}/`] : [],
  );
}

/** `100644 blob HASH⇥NAME`: links and submodules have modes of their own. */
function entryName(line: string): string[] {
  const [, kind, name] = /^(100\d{3}|040000) [^\t]*\t(.+)$/s.exec(line) ?? [];
  return name === undefined ? [] : [kind === "040000" ? `${name}/` : name];
}
