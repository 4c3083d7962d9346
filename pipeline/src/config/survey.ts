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
const patterns = [/^[\w.-]*requirements[\w.-]*\.txt$/, /^\.env[\w.-]*$/];
const maximumDepth = 4;
const maximumFiles = 400;

/** Which files a survey needs the text of. */
export function filesToRead(files: readonly string[]): string[] {
  return files.filter(isTelling).slice(0, maximumFiles);
}

function isTelling(file: string): boolean {
  const parts = file.split("/");
  if (parts.length > maximumDepth) return false;
  const name = parts.at(-1) as string;
  if (/^\.github\/workflows\/[^/]+\.ya?ml$/.test(file)) return true;
  if (/^(scripts?|bin|ci|tools)\/[\w-]+(\.sh)?$/.test(file)) return true;
  if (parts.at(-2) === "requirements" && name.endsWith(".txt")) return true;
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

export function folderOf(survey: Survey, path: string): Folder {
  const at = (name: string): string => (path === "." ? name : `${path}/${name}`);
  const known = new Set(survey.files);
  return {
    path,
    has: (name) => known.has(at(name)),
    text: (name) => survey.texts.get(at(name)),
    below: (prefix) =>
      survey.files
        .filter((file) => file.startsWith(at(prefix)))
        .map((file) => (path === "." ? file : file.slice(path.length + 1))),
  };
}
