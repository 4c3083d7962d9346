import {
  type InferredRelease,
  inferRelease,
} from "../../src/config/infer/release/infer-release.ts";
import { type RootFiles, tellingFiles } from "../../src/config/infer/release/root-files.ts";

/** A repository's files, by path; what was asked for is kept. */
export function rootFilesOf(
  files: Readonly<Record<string, string>>,
): RootFiles & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async list(folder) {
      const start = folder === "." ? "" : `${folder}/`;
      const inside = Object.keys(files).filter((path) => path.startsWith(start));
      const names = inside.map((path) => path.slice(start.length).replace(/\/.*/s, "/"));
      return [...new Set(names)];
    },
    async text(path) {
      asked.push(path);
      return files[path];
    },
  };
}

/** What such a repository shows of its releases. */
export async function inferredFrom(
  files: Readonly<Record<string, string>>,
): Promise<InferredRelease> {
  const root = rootFilesOf(files);
  return inferRelease(await tellingFiles(root), root);
}
