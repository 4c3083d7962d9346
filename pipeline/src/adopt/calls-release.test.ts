import { expect, test } from "vitest";
import { sampleFacts } from "../../test/builders/adoption.ts";
import { sampleSurvey } from "../../test/builders/survey.ts";
import { callsRelease } from "./calls-release.ts";
import { ciCd } from "./workflows/ci-cd.ts";
import { release } from "./workflows/release.ts";
import { workflowText } from "./workflows/workflow-text.ts";

const file = ".github/workflows/release.yml";

test.each([
  ["none", {}, true],
  ["ours", { [file]: workflowText(release(sampleFacts())) }, true],
  ["their own", { [file]: "on:\n  push:\n    tags: ['*']\njobs: {}\n" }, false],
  ["their own with one trigger", { [file]: "on: push\n" }, false],
  ["a broken one", { [file]: "on: [" }, false],
  ["their own with the other ending", { ".github/workflows/release.yaml": "on: push\n" }, false],
])("with %s as release workflow", (_, files, expected) => {
  expect(callsRelease(sampleSurvey(files), [])).toBe(expected);
  expect(callsRelease(sampleSurvey(files), [file])).toBe(true);
});

test("ci-cd.yml does not call what GitHub would refuse", () => {
  const text = workflowText(ciCd(sampleFacts({ callsRelease: false })));
  expect(text).not.toContain("release.yml");
});
