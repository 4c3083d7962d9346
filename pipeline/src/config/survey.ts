/**
 * What a repository shows of itself: its file names and the texts of the few files that say how it
 * is built. Collected at the edge (host or Dagger), read by everything that infers.
 */
export interface Survey {
  /** The repository's own name: the last part of its address or folder. */
  readonly name: string;
  /** Every file of the source, relative, with `/`. */
  readonly files: readonly string[];
  /** Texts by file; only of those that {@link filesToRead} asked for. */
  readonly texts: ReadonlyMap<string, string>;
}

const exactNames = new Set([
  "pyproject.toml",
  "setup.py",
  "setup.cfg",
  "tox.ini",
  "tox.toml",
  "pytest.ini",
  ".coveragerc",
  "mypy.ini",
  ".mypy.ini",
  "ruff.toml",
  ".ruff.toml",
  ".flake8",
  "uv.lock",
  ".python-version",
  ".nvmrc",
  ".node-version",
  "package.json",
  ".pre-commit-config.yaml",
  "Dockerfile",
  "pnpm-workspace.yaml",
  "pnpm-lock.yaml",
  ".yarnrc.yml",
  "noxfile.py",
  "Makefile",
  "justfile",
  "poetry.lock",
  ".gitmodules",
]);
/** Tests that are one file of a small application; further down they are Django's, and many. */
export const singleTestFiles = ["tests.py", "test.py"];
const patterns = [/^[\w.-]*requirements[\w.-]*\.txt$/, /^\.env[\w.-]*$/];
const playwrightConfig = /(^|\/)playwright\.config\.[cm]?[jt]s$/;
/** Long, and read only for the version of Playwright. */
const nodeLock = /^([^/]+\/){0,3}(package-lock\.json|yarn\.lock)$/;
const maximumDepth = 4;
const maximumFiles = 400;

/** Which files a survey needs the text of. */
export function filesToRead(files: readonly string[]): string[] {
  const isLock = files.some((file) => playwrightConfig.test(file)) ? nodeLock : undefined;
  return files.filter((file) => isTelling(file) || isLock?.test(file)).slice(0, maximumFiles);
}

function isTelling(file: string): boolean {
  const parts = file.split("/");
  if (parts.length > maximumDepth) return false;
  const name = parts.at(-1) as string;
  if (/^\.github\/workflows\/[^/]+\.ya?ml$/.test(file)) return true;
  if (/(^|\/)(scripts?|bin|ci|tools)\/[\w-]+(\.sh)?$/.test(file)) return true;
  if (parts.at(-2) === "requirements" && name.endsWith(".txt")) return true;
  if (playwrightConfig.test(file)) return true;
  if (parts.length <= 2 && singleTestFiles.includes(name)) return true;
  return exactNames.has(name) || patterns.some((pattern) => pattern.test(name));
}

/** The files of one folder seen from inside it. */
export interface Folder {
  readonly path: string;
  readonly has: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
  /** Files below, relative to the folder. */
  readonly below: (prefix: string) => readonly string[];
}

interface Index {
  readonly known: ReadonlySet<string>;
  readonly folders: Map<string, Folder>;
}

/** Folders are asked for again and again; with 100,000 files each answer is worth keeping. */
const indexes = new WeakMap<Survey, Index>();

export function folderOf(survey: Survey, path: string): Folder {
  const index = indexes.get(survey) ?? { known: new Set(survey.files), folders: new Map() };
  indexes.set(survey, index);
  const folder = index.folders.get(path) ?? openFolder(survey, path, index.known);
  index.folders.set(path, folder);
  return folder;
}

function openFolder(survey: Survey, path: string, known: ReadonlySet<string>): Folder {
  const at = (name: string): string => (path === "." ? name : `${path}/${name}`);
  const lists = new Map<string, readonly string[]>();
  const below = (prefix: string): readonly string[] => {
    const start = at(prefix);
    const found = start === "" ? survey.files : survey.files.filter((f) => f.startsWith(start));
    return path === "." ? found : found.map((file) => file.slice(path.length + 1));
  };
  return {
    path,
    has: (name) => known.has(at(name)),
    text: (name) => survey.texts.get(at(name)),
    below(prefix) {
      const list = lists.get(prefix) ?? below(prefix);
      lists.set(prefix, list);
      return list;
    },
  };
}
