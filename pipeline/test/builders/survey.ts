import type { Survey } from "../../src/config/survey.ts";

/** A survey of a made-up repository, for tests: texts by file. */
export function sampleSurvey(files: Readonly<Record<string, string>>): Survey {
  return {
    name: "sample",
    files: Object.keys(files).sort(),
    texts: new Map(Object.entries(files)),
  };
}

/** A package.json in the words of a test. */
export function manifestText(content: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ name: "sample", ...content });
}
