import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CheckedStep, Checklist } from "../../src/adopt/migrate/checklist.ts";
import { findGreenRun } from "../../src/github/client/index.ts";
import { type Repository, scratchRepository } from "../builders/repository.ts";
import { gantry } from "../e2e/scratch.ts";
import { describedGithub } from "../github/described.ts";

const noToken = { GITHUB_TOKEN: "", GH_TOKEN: "", GITHUB_REPOSITORY: "" };

async function migrate({ root }: Repository, ...words: string[]) {
  const { exit, stdout, stderr } = await gantry(
    ["migrate", "-C", root, "--json", ...words],
    noToken,
  );
  const json: unknown = stdout === "" ? undefined : JSON.parse(stdout);
  return { exit, stderr, json, list: json as Checklist };
}
const stepOf = ({ phases }: Checklist, id: string): CheckedStep | undefined =>
  phases.flatMap((phase) => phase.steps).find((step) => step.id === id);

describe("gantry migrate", { timeout: 60_000 }, () => {
  test("ticks itself off as things are done", async () => {
    const repository = await scratchRepository({ "package.json": "{}", "README.md": "# App\n" });
    const before = await migrate(repository);
    expect(before).toMatchObject({ exit: 0, list: { next: { step: "develop-branch" } } });
    expect(stepOf(before.list, "ci-cd-workflow")?.state).toBe("open");
    await gantry(["init", "-C", repository.root, "--module", "github.com/acme/gantry@v1"]);
    await repository.git("branch", "develop");
    await repository.git("tag", "v1.0.0");
    const { list } = await migrate(repository);
    for (const id of [
      "develop-branch",
      "baseline-tag",
      "ci-cd-workflow",
      "pr-validation-workflow",
      "other-workflows",
      "contributing",
      "readme-badges",
      "templates",
    ]) {
      expect(stepOf(list, id)).toMatchObject({ state: "done", how: "seen" });
    }
    expect(stepOf(list, "protection")?.state).toBe("unknown");
    expect(list.done).toBeGreaterThan(before.list.done);
  });

  test("keeps by whom and when a step was done that only people know of", async () => {
    const repository = await scratchRepository({ "package.json": "{}" });
    const { list } = await migrate(repository, "--done", "walkthrough", "--by", "Ada");
    expect(stepOf(list, "walkthrough")).toMatchObject({ state: "done", how: "ticked", by: "Ada" });
    const file = join(repository.root, ".gantry-migration.yaml");
    const text = readFileSync(file, "utf8");
    await migrate(repository, "--done", "walkthrough", "--by", "Bo");
    expect(readFileSync(file, "utf8")).toBe(text);
    expect(stepOf((await migrate(repository)).list, "walkthrough")?.by).toBe("Ada");
  });

  test("refuses what is seen not to be done, and a list that cannot be read", async () => {
    const repository = await scratchRepository({ "package.json": "{}" });
    const refused = await migrate(repository, "--done", "develop-branch", "--by", "Ada");
    expect(refused).toMatchObject({
      exit: 2,
      json: { errors: [{ code: "GANTRY-MIGRATION-STEP" }] },
    });
    expect(await repository.git("status", "--porcelain")).toBe("");
    await repository.write(".gantry-migration.yaml", "done: 7\n");
    expect(await migrate(repository)).toMatchObject({
      exit: 2,
      json: { errors: [{ code: "GANTRY-MIGRATION-FILE" }, { code: "GANTRY-MIGRATION-FILE" }] },
    });
  });
});

test("the newest green run is asked for as GitHub describes it", async () => {
  const { connection, asked } = describedGithub("everything");
  expect(await findGreenRun(connection, "ci-cd.yml")).toMatchObject({ kind: "ok" });
  expect(asked).toEqual(["actions/list-workflow-runs"]);
});
