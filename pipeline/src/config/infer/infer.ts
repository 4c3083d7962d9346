import type { Inference } from "../config.ts";
import { type Folder, folderOf, type Survey } from "../survey.ts";
import type { WrittenComponent, WrittenImage } from "../written.ts";
import { componentNames, familyOf } from "./component-names.ts";
import { inferNode } from "./node/node.ts";
import { inferPython } from "./python/python.ts";
import { readWorkflows } from "./workflows/workflows.ts";

/** What a repository shows, in the written form, so that what people write can be laid over it. */
export interface Inferred {
  readonly components: Readonly<Record<string, WrittenComponent>>;
  readonly image?: WrittenImage;
  readonly inferred: readonly Inference[];
  readonly warnings: readonly string[];
}

export interface ComponentGuess {
  readonly component: WrittenComponent;
  readonly inferred: readonly Inference[];
  readonly warnings: readonly string[];
}

const setAside =
  /(^|\/)(node_modules|vendor|third_party|fixtures?|__fixtures__|testdata|test|tests|__tests__|examples?|samples?|demos?|docs?|documentation|website|benchmarks?|bench|templates?|playgrounds?|\.[^/]+)(\/|$)/i;

/** Reads a survey into components and an image. Pure: the same survey gives the same answer. */
export function infer(survey: Survey): Inferred {
  const guesses = componentFolders(survey).flatMap((path) => guessAll(survey, path));
  const names = componentNames(guesses.map((guess) => guess.component));
  const image = inferImage(folderOf(survey, "."));
  return {
    components: Object.fromEntries(
      guesses.map((guess, index) => [names[index] as string, guess.component]),
    ),
    ...(image && { image: image.image }),
    inferred: [...guesses.flatMap((guess) => guess.inferred), ...(image ? image.inferred : [])],
    warnings: [...guesses.flatMap((guess) => guess.warnings), ...unread(survey)],
  };
}

/** Manifests of Python that nothing here can install from: what they describe is not checked. */
function unread({ files }: Survey): string[] {
  const pipfiles = files.filter((file) => /^([^/]+\/)?Pipfile$/.test(file) && !setAside.test(file));
  return pipfiles
    .filter(
      (file) => !pythonManifests.some((name) => files.includes(file.replace("Pipfile", name))),
    )
    .map(
      (file) =>
        `${file} is not read: \`pipenv requirements > requirements.txt\` makes a list that is`,
    );
}

/** What one folder shows for a component that somebody declared there. */
export function inferAt(
  survey: Survey,
  path: string,
  toolchain: WrittenComponent["toolchain"],
): ComponentGuess | undefined {
  const guesses = guessAll(survey, path);
  if (!toolchain) return guesses[0];
  return guesses.find(({ component }) => familyOf(component.toolchain) === familyOf(toolchain));
}

function guessAll(survey: Survey, path: string): ComponentGuess[] {
  const folder = folderOf(survey, path);
  const workflows = readWorkflows(survey);
  return [inferPython(folder, workflows), inferNode(folder, workflows)].filter(
    (guess) => guess !== undefined,
  );
}

/**
 * The root, if it says how it is built, and folders near it that stand on their own: with a lock
 * file, or, where the root says nothing, with a manifest.
 */
function componentFolders(survey: Survey): string[] {
  const root = isManifestFolder(folderOf(survey, "."));
  const candidates = new Set<string>();
  for (const file of survey.texts.keys()) {
    const cut = file.lastIndexOf("/");
    if (cut > 0) candidates.add(file.slice(0, cut));
  }
  const nested = [...candidates]
    .filter((path) => path.split("/").length <= 2 && !setAside.test(path) && !isTemplate(path))
    .filter((path) => {
      const folder = folderOf(survey, path);
      return root ? hasLock(folder) : isManifestFolder(folder);
    })
    .sort();
  const outermost = nested.filter(
    (path) => !nested.some((other) => other !== path && path.startsWith(`${other}/`)),
  );
  return root ? [".", ...outermost] : outermost;
}

/** What cookiecutter and copier fill in later is no project yet: `{{ cookiecutter.slug }}`, `{% if x %}`. */
function isTemplate(path: string): boolean {
  return /\{[{%]|\[\[/.test(path);
}

const pythonManifests = ["pyproject.toml", "setup.py", "setup.cfg", "requirements.txt"];
const manifests = [...pythonManifests, "package.json"];
const locks = ["uv.lock", "package-lock.json", "pnpm-lock.yaml", "yarn.lock", "poetry.lock"];

function isManifestFolder(folder: Folder): boolean {
  return manifests.some((name) => folder.has(name));
}

function hasLock(folder: Folder): boolean {
  return locks.some((name) => folder.has(name));
}

function inferImage(
  folder: Folder,
): { image: WrittenImage; inferred: readonly Inference[] } | undefined {
  const text = folder.text("Dockerfile");
  if (text === undefined) return undefined;
  const exposed = /^\s*EXPOSE\s+(\d+)/im.exec(text)?.[1];
  return {
    image: { dockerfile: "Dockerfile", ...(exposed && { port: Number(exposed) }) },
    inferred: [{ what: "an image is built", from: "Dockerfile" }],
  };
}
