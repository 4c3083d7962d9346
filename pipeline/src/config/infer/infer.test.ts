import { expect, it } from "vitest";
import { sampleSurvey } from "../../../test/builders/survey.ts";
import { infer } from "./infer.ts";

it.each([
  ["apps/web", true],
  ["{{cookiecutter.project_slug}}", false],
  ["{{ cookiecutter.slug }}/backend", false],
  ["{% if api %}api{% endif %}", false],
  ["[[ name ]]", false],
  ["[slug]", true],
])("takes a package in `%s` for a component: %s", (folder, taken) => {
  const files = { [`${folder}/package.json`]: "{}", [`${folder}/package-lock.json`]: "{}" };
  expect(Object.keys(infer(sampleSurvey(files)).components)).toHaveLength(taken ? 1 : 0);
});

it.each([
  [["Pipfile"], ["Pipfile"]],
  [["api/Pipfile", "api/Pipfile.lock"], ["api/Pipfile"]],
  [["Pipfile", "requirements.txt"], []],
  [["tests/Pipfile", "a/b/Pipfile"], []],
])("with %j says which manifest it does not read", (files, named) => {
  const { warnings } = infer(sampleSurvey(Object.fromEntries(files.map((file) => [file, ""]))));
  expect(warnings.map((text) => text.split(" ")[0])).toEqual(named);
});
