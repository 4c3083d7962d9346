import type { InferredRelease } from "./infer-release.ts";

/** A repository's files as they are asked for one by one: from a folder, or from a commit. */
export interface RootFiles {
  /** What stands in a folder: plain files by name, folders with a `/` after it. */
  readonly list: (folder: string) => Promise<readonly string[]>;
  /** The text of a file; undefined where it is not there or cannot be read. */
  readonly text: (path: string) => Promise<string | undefined>;
}

/** Those of a source whose files are all known by path, as an engine has it. */
export function rootFilesFrom(paths: readonly string[], text: RootFiles["text"]): RootFiles {
  return {
    async list(folder) {
      const start = folder === "." ? "" : `${folder}/`;
      const inside = paths.filter((path) => path.startsWith(start));
      return [...new Set(inside.map((path) => path.slice(start.length).replace(/\/.*/s, "/")))];
    },
    text,
  };
}

/** What a repository shows of how it makes versions; mostly nothing, and then nothing is loaded. */
export async function shownRelease(files: RootFiles): Promise<InferredRelease | undefined> {
  const telling = await tellingFiles(files);
  if (telling.size === 0) return undefined;
  const { inferRelease } = await import("./infer-release.ts");
  return inferRelease(telling, files);
}

/** Nobody writes more settings than that; a lock file by such a name is not worth parsing. */
const longest = 512 * 1024;

/** Files of a release tool's own: that they are there says that it is used. */
const own =
  /^(\.releaserc(\.(json|ya?ml|js|cjs|mjs|ts))?|release\.config\.(js|cjs|mjs|ts)|release-please-config\.json|\.versionrc(\.(json|js|cjs|mjs))?|lerna\.json|\.?cz\.(toml|json|yaml)|cog\.toml|\.?release-plz\.toml)$/;

/** Files that hold much else: only what mentions a tool is worth more than a look. */
const shared: Readonly<Record<string, RegExp>> = {
  "pyproject.toml": /semantic_release|commitizen/,
  "setup.cfg": /semantic_release/,
  "package.json": /semantic-release|standard-version|commit-and-tag-version|changelogen|lerna/,
  "nx.json": /"release"/,
  "cliff.toml": /^\s*\[bump\]/m,
};

/** changelogen's, which say nothing by themselves: other programs read files of that name, too. */
const besides = /^changelog\.config\.(json|js|cjs|mjs|ts)$/;

/**
 * The files that say how the repository makes versions, with their texts: mostly none, and then no
 * more was done than to list the root and look into the manifests that are there.
 */
export async function tellingFiles(files: RootFiles): Promise<ReadonlyMap<string, string>> {
  const names = await files.list(".");
  const wanted = [
    ...names.filter((name) => own.test(name) || besides.test(name) || Object.hasOwn(shared, name)),
    ...(names.includes(".github/") ? await ofApp(files) : []),
  ];
  const read = await Promise.all(
    wanted.map(async (path): Promise<[string, string][]> => {
      const text = await files.text(path);
      const telling = text !== undefined && text.length <= longest;
      return telling && (shared[path]?.test(text) ?? true) ? [[path, text]] : [];
    }),
  );
  const found = new Map(read.flat());
  const alone = [...found.keys()].every((name) => besides.test(name));
  return alone ? new Map() : found;
}

/** The file of release-please's app on GitHub, where it is a plain file. */
async function ofApp(files: RootFiles): Promise<string[]> {
  const names = await files.list(".github");
  return names.filter((name) => name === "release-please.yml").map((name) => `.github/${name}`);
}
