import {
  type InferredRelease,
  inferRelease,
} from "../../src/config/infer/release/infer-release.ts";
import {
  type RootFiles,
  rootFilesFrom,
  tellingFiles,
} from "../../src/config/infer/release/root-files.ts";

/** A repository's files, by path; what was asked for is kept. */
export function rootFilesOf(
  files: Readonly<Record<string, string>>,
): RootFiles & { readonly asked: string[] } {
  const asked: string[] = [];
  const text = async (path: string): Promise<string | undefined> => {
    asked.push(path);
    return files[path];
  };
  return { asked, ...rootFilesFrom(Object.keys(files), text) };
}

/** What such a repository shows of its releases. */
export async function inferredFrom(
  files: Readonly<Record<string, string>>,
): Promise<InferredRelease> {
  const root = rootFilesOf(files);
  return inferRelease(await tellingFiles(root), root);
}
