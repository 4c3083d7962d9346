import { describe, expect, test } from "vitest";
import { sampleFacts } from "../../test/builders/adoption.ts";
import type { AdoptionFacts } from "./facts.ts";
import type { Wanted } from "./wanted.ts";
import { wantedFiles } from "./wanted-files.ts";

const textOf = (facts: AdoptionFacts, path: string): string => {
  const file = wantedFiles(facts).find((one) => one.path === path);
  if (!file) throw new Error(`${path} is not wanted`);
  return shown(file);
};
const shown = (file: Wanted): string => {
  if (file.kind === "block") return file.block;
  return file.kind === "lines" ? file.lines.map(({ line }) => line).join("\n") : file.text;
};

test("each file is wanted once, inside the repository", () => {
  const paths = wantedFiles(sampleFacts({ prettier: true })).map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  for (const path of paths) expect(path).toMatch(/^[\w.][\w./-]*$/);
});

test("the same facts give the same files", () => {
  const texts = () => wantedFiles(sampleFacts()).map((file) => [file.path, shown(file)]);
  expect(texts()).toEqual(texts());
});

describe("the documents speak of this repository", () => {
  const facts = sampleFacts({
    branches: { main: "live", develop: "next" },
    environments: [{ name: "production", branch: "live", url: "https://app.example.com" }],
    secrets: [{ name: "API_KEY", optional: false }],
  });

  test("its branches, environments and secrets", () => {
    const text = textOf(facts, "docs/GITHUB_WORKFLOW.md");
    for (const words of ["pushes to `live` and `next`", "https://app.example.com", "`API_KEY`"]) {
      expect(text).toContain(words);
    }
    for (const path of ["docs/GITHUB_WORKFLOW.md", "docs/BRANCH_STRATEGY.md", "CONTRIBUTING.md"]) {
      expect(textOf(facts, path)).not.toMatch(/`(main|develop)`/);
    }
  });

  test("and have the chapters that people look for", () => {
    const headings = textOf(facts, "docs/GITHUB_WORKFLOW.md").match(/^## .*$/gm);
    expect(headings).toEqual([
      "## Overview",
      "## Developer guide",
      "## Deployment guide",
      "## Maintenance",
    ]);
  });

  test("link to Gantry's own pages at its version, or not at all where nobody knows where it is", () => {
    expect(textOf(facts, "docs/GITHUB_WORKFLOW.md")).toContain(
      "(https://github.com/acme/gantry/blob/v1/docs/DEPLOYMENT_GUIDE.md)",
    );
    const unknown = sampleFacts({ gantry: { kind: "unknown" } });
    expect(textOf(unknown, "docs/GITHUB_WORKFLOW.md")).not.toContain("DEPLOYMENT_GUIDE");
    expect(wantedFiles(unknown).map(({ path }) => path)).not.toContain("dagger.json");
  });
});

test("the owner of the repository reviews; who committed most is only suggested", () => {
  const authors = [{ name: "Ada\n* @evil", commits: 3 }];
  const lines = (facts: AdoptionFacts) =>
    textOf(facts, ".github/CODEOWNERS")
      .split("\n")
      .filter((line) => /^[^#]/.test(line));
  expect(lines(sampleFacts({ authors }))).toEqual([]);
  expect(lines(sampleFacts({ authors, repository: "acme/app" }))).toEqual(["* @acme"]);
});

test("badges know the repository, or go there from the page", () => {
  expect(textOf(sampleFacts({ repository: "acme/app" }), "README.md")).toContain(
    "(https://github.com/acme/app/actions/workflows/ci-cd.yml)",
  );
  expect(textOf(sampleFacts(), "README.md")).toContain("(../../actions/workflows/ci-cd.yml)");
});
