import { createHash } from "node:crypto";
import type { Commit, Files } from "./model.ts";

/** What git stores; its name is the hash of kind and content. */
export interface GitObject {
  readonly sha: string;
  readonly type: "blob" | "tree" | "commit" | "tag";
  readonly content: Buffer;
}

export function gitObject(type: GitObject["type"], content: string | Buffer): GitObject {
  const bytes = Buffer.from(content);
  const sha = createHash("sha1").update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
  return { sha, type, content: bytes };
}

/** All blobs and trees of these files, the tree of all of them last. */
export function treeObjects(files: Files): readonly [...GitObject[], GitObject] {
  const below = new Map<string, Map<string, Buffer>>();
  const entries: { readonly name: string; readonly mode: string; readonly sha: string }[] = [];
  const objects: GitObject[] = [];
  for (const [path, content] of files) {
    const [folder = "", ...rest] = path.split("/");
    if (rest.length > 0) {
      const inner = below.get(folder) ?? new Map<string, Buffer>();
      below.set(folder, inner.set(rest.join("/"), content));
    } else {
      const blob = gitObject("blob", content);
      objects.push(blob);
      entries.push({ name: path, mode: "100644", sha: blob.sha });
    }
  }
  for (const [name, inner] of below) {
    const made = treeObjects(inner);
    objects.push(...made);
    entries.push({ name, mode: "40000", sha: (made.at(-1) as GitObject).sha });
  }
  // git sorts a folder as if its name ended with a slash.
  const key = ({ name, mode }: (typeof entries)[number]): Buffer =>
    Buffer.from(mode === "40000" ? `${name}/` : name);
  entries.sort((a, b) => Buffer.compare(key(a), key(b)));
  const lines = entries.flatMap(({ name, mode, sha }) => [
    Buffer.from(`${mode} ${name}\0`),
    Buffer.from(sha, "hex"),
  ]);
  return [...objects, gitObject("tree", Buffer.concat(lines))];
}

export function commitObject(commit: Omit<Commit, "sha">): GitObject {
  const { author, date, parents, files, message } = commit;
  const tree = (treeObjects(files).at(-1) as GitObject).sha;
  const who = `${author} <${author}@users.noreply.github.com> ${Date.parse(date) / 1000} +0000`;
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
    "",
    message.endsWith("\n") ? message : `${message}\n`,
  ];
  return gitObject("commit", lines.join("\n"));
}
