import type { Config } from "../../src/config/config.ts";
import { loadConfig } from "../../src/config/load.ts";
import type { Survey } from "../../src/config/survey.ts";
import type { Problem } from "../../src/errors/problem.ts";

/** A repository that shows these files, some of them with their text. */
export function surveyWith(files: Readonly<Record<string, string>>, name = "rose"): Survey {
  return { name, files: Object.keys(files).sort(), texts: new Map(Object.entries(files)) };
}

/** A Python back end with uv and a Vite front end. */
export const shownFiles: Readonly<Record<string, string>> = {
  "pyproject.toml":
    '[project]\nname = "rose"\nrequires-python = ">=3.11"\n[dependency-groups]\ndev = ["pytest", "pytest-cov", "ruff"]\n',
  "uv.lock": "version = 1\n",
  "src/app.py": "",
  "tests/unit/test_app.py": "",
  "tests/.env.ci": "A=1\n",
  Dockerfile: "FROM scratch\n",
  "frontend/package.json":
    '{ "name": "web", "scripts": { "test": "vitest run", "lint": "biome check", "build": "vite build" } }',
  "frontend/package-lock.json": "{}",
};

/** Loads a written config over a repository. */
export function configOf(text: string | undefined, files = shownFiles): Config {
  const loaded = load(text, files);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
  return loaded.value;
}

export function configProblems(text: string, files = shownFiles): readonly Problem[] {
  const loaded = load(text, files);
  return loaded.ok ? [] : loaded.problems;
}

function load(text: string | undefined, files: Readonly<Record<string, string>>) {
  const source = text === undefined ? undefined : { text, file: "gantry.yaml" };
  return loadConfig(source, surveyWith(files));
}
