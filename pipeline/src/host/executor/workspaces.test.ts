import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { scratchRepository } from "../../../test/builders/repository.ts";
import type { Plan } from "../../plan/plan.ts";
import { readSource } from "../source/source.ts";
import { createWorkspaces } from "./workspaces.ts";

async function workspaceIn(files: Record<string, string>): Promise<{ root: string; work: string }> {
  const { root } = await scratchRepository(files);
  const source = await readSource(root);
  if (!source.ok) throw new Error(JSON.stringify(source.problems));
  const work = join(root, ".gantry", "work");
  await createWorkspaces(source.value, { stages: [] } as unknown as Plan, work).open(
    "unit",
    "main",
  );
  return { root, work };
}

test("git does not find the user's own repository, though a test clears its environment", async () => {
  const { work } = await workspaceIn({ "a.py": "1" });
  const asked = await execa("git", ["rev-parse", "--show-toplevel"], {
    cwd: join(work, "unit"),
    env: { PATH: process.env.PATH },
    extendEnv: false,
    reject: false,
  });
  expect(asked.exitCode).toBe(128);
  expect(asked.stderr).toContain("not a git repository");
});

test("the user's own repository is as it was", async () => {
  const { root } = await workspaceIn({ "a.py": "1", ".gitignore": ".gantry/\n" });
  const { stdout } = await execa("git", ["status", "--porcelain"], { cwd: root });
  expect(stdout).toBe("");
});
