import { expect, test } from "vitest";
import { manifestText, sampleSurvey } from "../../test/builders/survey.ts";
import { usesPrettier } from "./uses-prettier.ts";

test.each([
  [{ ".prettierrc.json": "{}" }, true],
  [{ "web/prettier.config.mjs": "" }, true],
  [{ "package.json": manifestText({ devDependencies: { prettier: "3" } }) }, true],
  [
    { "package.json": manifestText({ devDependencies: { eslint: "9" } }), "docs/prettier.md": "" },
    false,
  ],
])("%j: %s", (files, expected) => {
  expect(usesPrettier(sampleSurvey({ ...files }))).toBe(expected);
});
