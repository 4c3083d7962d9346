import { expect, it } from "vitest";
import { manifestText, sampleSurvey } from "../../../../test/builders/survey.ts";
import { folderOf } from "../../survey.ts";
import { readManifest } from "./manifest.ts";
import { nodeVersionOf } from "./version.ts";

it.each([
  [undefined, undefined, undefined],
  ["20\n", undefined, "20"],
  ["v22.3.0", undefined, "22"],
  ["lts/jod", undefined, "22"],
  ["lts/*", ">=18", undefined],
  ["node", undefined, undefined],
  [undefined, ">=12", undefined],
  [undefined, "^22.22.2 || ^24.15.0 || >=26.0.0", "22"],
  [undefined, "24.x", "24"],
  [undefined, "nonsense", undefined],
  ["22", ">=24", "22"],
])("with .nvmrc %j and engines %j needs Node.js %j", (nvmrc, engine, expected) => {
  const content = engine ? { engines: { node: engine } } : {};
  const read = readManifest(manifestText(content));
  const folder = folderOf(sampleSurvey(nvmrc ? { ".nvmrc": nvmrc } : {}), ".");
  expect(read.ok && nodeVersionOf(folder, read.manifest)?.version).toBe(expected);
});
