import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { planned, plannedStep } from "../../../test/builders/plan.ts";
import { scratchRepository } from "../../../test/builders/repository.ts";
import { samplePlan } from "../../../test/builders/run.ts";
import type { Step } from "../../plan/step.ts";
import { readSource } from "../source/source.ts";
import { createWorkspaces } from "./workspaces.ts";

async function workspaceIn(
  files: Record<string, string>,
  steps: Step[] = [],
): Promise<{ root: string; work: string }> {
  const { root } = await scratchRepository(files);
  const source = await readSource(root);
  if (!source.ok) throw new Error(JSON.stringify(source.problems));
  const work = join(root, ".gantry", "work");
  const plan = samplePlan({ stages: [planned("unit-tests", { steps })] });
  await createWorkspaces(source.value, plan, work).open("unit-tests", "main");
  return { root, work };
}

test("git does not find the user's own repository, though a test clears its environment", async () => {
  const { work } = await workspaceIn({ "a.py": "1" });
  const asked = await execa("git", ["rev-parse", "--show-toplevel"], {
    cwd: join(work, "unit-tests"),
    env: { PATH: process.env.PATH },
    extendEnv: false,
    reject: false,
  });
  expect(asked.exitCode).toBe(128);
  expect(asked.stderr).toContain("not a git repository");
});

test("a workspace of steps that name what they see holds that and nothing else", async () => {
  const files = { "a/x.py": "1", "a/lock": "1", "ab/y.py": "1", "b.py": "1", "[c]/z.py": "1" };
  const workspace = "main";
  const only = plannedStep("only", { workspace, inputs: { only: ["a", "[c]"], history: false } });
  const lock = plannedStep("lock", { workspace, inputs: { include: ["b.py"], history: false } });
  const seen = async (steps: Step[]) => {
    const { work } = await workspaceIn(files, steps);
    return (await readdir(join(work, "unit-tests"))).sort();
  };
  expect(await seen([only])).toEqual(["[c]", "a"]);
  expect(await seen([only, lock])).toEqual(["[c]", "a", "b.py"]);
  expect(await seen([only, plannedStep("all", { workspace })])).toEqual(["[c]", "a", "ab", "b.py"]);
});

test("the user's own repository is as it was", async () => {
  const { root } = await workspaceIn({ "a.py": "1", ".gitignore": ".gantry/\n" });
  const { stdout } = await execa("git", ["status", "--porcelain"], { cwd: root });
  expect(stdout).toBe("");
});
