import type { FileContent } from "../../dependencies/report/report.ts";
import type { Directory, File } from "../client.ts";

/** Files of the engine by their content, so that no lock travels there and back. */
export interface Files {
  readonly keep: (content: string, file: File) => void;
  /** A folder with some files changed; all else in it stays. */
  readonly lay: (directory: Directory, files: readonly FileContent[]) => Directory;
}

export function createFiles(): Files {
  const known = new Map<string, File>();
  return {
    keep: (content, file) => void known.set(content, file),
    lay: (directory, files) =>
      files.reduce((built, { path, content }) => {
        const file = known.get(content);
        return file ? built.withFile(path, file) : built.withNewFile(path, content);
      }, directory),
  };
}
