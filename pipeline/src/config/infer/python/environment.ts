import type { Folder } from "../../survey.ts";
import { type Declared, nameOf } from "./declared.ts";
import type { ToxEnvironment } from "./tox.ts";

/** What is installed so that a component's checks and tests can run. */
export interface PythonEnvironment {
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  readonly files: readonly string[];
  /** Requirements that stand in none of these, such as tox's. */
  readonly requirements: readonly string[];
  /** Whether any of it names a package. */
  readonly brings: (name: string) => boolean;
}

export interface EnvironmentRequest {
  readonly folder: Folder;
  readonly declared: Declared;
  readonly tox: readonly ToxEnvironment[];
  /** Shell lines of the jobs of its CI that test it. */
  readonly testLines: readonly string[];
  /** Groups that uv installs without being asked; `dev` where nothing says otherwise. */
  readonly defaultGroups: readonly string[];
  /** Groups and extras that cannot be installed together. */
  readonly conflicting: readonly string[];
  /** Whether it can be installed as a package, and what it requires with it. */
  readonly packaged: boolean;
  /** Everything that the lock file of poetry installs when nothing is said. */
  readonly poetry: boolean;
}

const testWords =
  /^(dev|develop|devel|development|tests?|testing|unit-?tests?|pytest|ci|typing|types|mypy|lint|all|full)$/i;

const toxWords = /^testenv$|^py|(^|[-_{,])(tests?|unit|mypy|typing|types|lint)([-_},]|$)/;

/** What the documentation needs is large and tests nothing. */
const documentation = /^docs?$|^documentation$/i;

/**
 * The extras, groups and files that stand for testing by name, that tox or the CI's test jobs
 * install, and, where none of these has pytest, the one that has.
 */
export function environmentOf(request: EnvironmentRequest): PythonEnvironment {
  const { declared, tox, testLines, poetry } = request;
  const testing = tox.filter(({ name }) => toxWords.test(name));
  const named = namedIn(testLines);
  const toxFiles = testing.flatMap((env) => filesIn(env.requirements));
  const asked = {
    extras: new Set([...named.extras, ...testing.flatMap(({ extras }) => extras)]),
    groups: new Set([...named.groups, ...testing.flatMap(({ groups }) => groups)]),
    files: new Set([...named.files, ...toxFiles]),
  };
  // What the repository installs for its tests itself is told; only else do names have to tell.
  const told = asked.extras.size + asked.groups.size + asked.files.size > 0;
  const byName = (name: string): boolean => !told && testWords.test(name);
  const free = (name: string): boolean =>
    !request.conflicting.includes(name) && !documentation.test(name);
  const chosen = {
    extras: choose(declared.extras, (name) => {
      const wanted = named.allExtras || asked.extras.has(name) || byName(name);
      return wanted && free(name);
    }),
    groups: choose(declared.groups, (name) => {
      if (request.defaultGroups.includes(name)) return true;
      const wanted = named.allGroups || asked.groups.has(name) || byName(name);
      return wanted && free(name);
    }),
    files: choose(declared.files, (name) => {
      if (asked.files.has(name)) return true;
      // tox installs the package with what it requires, and then these files and no others.
      if (request.packaged && toxFiles.length > 0) return false;
      return told ? /^(requirements|base)\.txt$/.test(name) : isForTests(name);
    }),
  };
  const own = [...declared.required, ...testing.flatMap(({ requirements }) => requirements)];
  const requirements = [
    ...testing.flatMap((env) => env.requirements.filter((line) => /^[A-Za-z]/.test(line))),
    ...declared.hatch,
    ...localPackages(request.folder, testLines),
    ...(poetry ? [] : installedByName(testLines)),
  ];
  const names = new Set(
    [
      ...own,
      ...requirements,
      ...(poetry ? declared.poetry : []),
      ...namesIn(declared.extras, chosen.extras),
      ...namesIn(declared.groups, chosen.groups),
      ...namesIn(declared.files, chosen.files),
    ].map(nameOf),
  );
  return withPytest({ ...chosen, requirements, brings: (name) => names.has(name) }, declared);
}

/** Where nothing chosen has pytest, whatever else has it is what the tests need. */
function withPytest(environment: PythonEnvironment, declared: Declared): PythonEnvironment {
  if (environment.brings("pytest")) return environment;
  for (const kind of ["groups", "extras", "files"] as const) {
    for (const [name, requirements] of declared[kind]) {
      const names = new Set(requirements.map(nameOf));
      if (!names.has("pytest")) continue;
      const brings = (tool: string): boolean => names.has(tool) || environment.brings(tool);
      return { ...environment, [kind]: [...environment[kind], name], brings };
    }
  }
  return environment;
}

function choose(
  declared: ReadonlyMap<string, readonly string[]>,
  wanted: (name: string) => boolean,
): string[] {
  return [...declared.keys()].filter(wanted);
}

function namesIn(
  declared: ReadonlyMap<string, readonly string[]>,
  chosen: readonly string[],
): string[] {
  return chosen.flatMap((name) => declared.get(name) ?? []);
}

/** Of many requirement files, those that say what runs and what tests it. */
function isForTests(file: string): boolean {
  const words = file
    .toLowerCase()
    .replace(/\.txt$/, "")
    .split(/[-_./]+/);
  return words.every((word) => /^(requirements?|base|main)$/.test(word) || testWords.test(word));
}

function filesIn(lines: readonly string[]): string[] {
  return lines.flatMap((line) =>
    [...line.matchAll(/(?:^|\s)(?:-r|--requirement)[\s=]*(\S+)/g)].map(([, file]) =>
      (file as string).replace(/^\.\//, ""),
    ),
  );
}

/** Packages of the same repository that the tests' jobs install beside it. */
function localPackages({ has }: Folder, lines: readonly string[]): string[] {
  const installs = lines.filter((line) => /\bpip install\b/.test(line));
  const paths = installs
    .flatMap((line) => line.split(/\s+/))
    .filter((word) => /^\.\/\w/.test(word));
  const isPackage = (path: string): boolean =>
    ["pyproject.toml", "setup.py"].some((name) =>
      has(`${path.slice(2).replace(/\/$/, "")}/${name}`),
    );
  return [...new Set(paths)].filter(isPackage);
}

const notForTests =
  /^(pip|setuptools|wheel|build|twine|tox|nox|uv|virtualenv|pre-commit|poetry|hatch|pdm|pipenv|codecov|coveralls|flake8|black|isort|pylint|ruff|bandit|codespell|pyupgrade|safety)\b/;

/** Packages that the tests' jobs install by their names. */
function installedByName(lines: readonly string[]): string[] {
  const words = lines
    .filter((line) => !/[$`|;<>]/.test(line))
    .flatMap((line) => /\bpip3? install\s+(.*)$/.exec(line)?.[1]?.split(/\s+/) ?? [])
    .map((word) => word.replaceAll(/["']/g, ""));
  const plain = words.filter((word, index) => {
    const value = /^(-r|-c|-e|-f|-i|--[\w-]+)$/.test(words[index - 1] ?? "");
    return !value && /^[A-Za-z][\w.-]*(\[[\w,-]+\])?([=~!]=[\w.*]+)?$/.test(word);
  });
  return [...new Set(plain)].filter((word) => !notForTests.test(word) && !word.endsWith(".txt"));
}

interface Named {
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  readonly files: readonly string[];
  readonly allExtras: boolean;
  readonly allGroups: boolean;
}

/** What install commands in some shell lines name. */
function namedIn(lines: readonly string[]): Named {
  const all = (pattern: RegExp): string[] =>
    lines.flatMap((line) =>
      [...line.matchAll(pattern)].flatMap(([, names]) => (names as string).split(/\s*,\s*/)),
    );
  return {
    extras: [
      ...all(/(?:^|[\s"'])\.\[([\w.,\s-]+)\]/g),
      ...all(/(?:--extras?|-E)[\s=]+["']?([\w.,-]+)/g),
    ],
    groups: all(/(?:--(?:only-)?group|--with)[\s=]+["']?([\w.,-]+)/g),
    files: filesIn(lines),
    allExtras: lines.some((line) => line.includes("--all-extras")),
    allGroups: lines.some((line) => line.includes("--all-groups")),
  };
}
