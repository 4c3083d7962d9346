import { logPath } from "../../execute/output.ts";
import type { Run } from "../../execute/run.ts";
import { reportFiles } from "../../report/files.ts";
import type { Directory } from "../client.ts";
import type { Site } from "../executor/site.ts";

/** Collects what becomes a run's folder; files stay in the engine, only texts are held here. */
export interface RunFolder {
  readonly log: (stage: string, step: string, text: string) => Promise<void>;
  readonly save: (run: Run) => Promise<Directory>;
}

const shownLength = 200 * 1024;

export function createRunFolder(site: Site): RunFolder {
  const tails = new Map<string, string>();
  return {
    async log(stage, step, text) {
      const path = logPath(stage, step);
      tails.set(path, ((tails.get(path) ?? "") + text).slice(-shownLength));
    },
    async save(run) {
      const texts = [...tails].filter(([path]) => !site.logs.has(path));
      for (const [path, text] of [...texts, ...reportFiles(run, tails)]) {
        await site.scratch.write(path, text);
      }
      return withArtifacts(withLogs(site.scratch.folder(), site), site);
    },
  };
}

/** The complete log of a command is a file of the engine; other steps' words are held here. */
function withLogs(folder: Directory, site: Site): Directory {
  let built = folder;
  for (const [path, file] of site.logs) built = built.withFile(path, file, { permissions: 0o644 });
  return built;
}

function withArtifacts(folder: Directory, site: Site): Directory {
  return site.artifacts.reduce(
    (built, { path, content }) =>
      "file" in content
        ? built.withFile(path, content.file)
        : built.withDirectory(path, content.directory),
    folder,
  );
}
