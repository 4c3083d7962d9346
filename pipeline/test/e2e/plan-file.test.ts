import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Run } from "../../src/execute/run.ts";
import { plan as planSchema } from "../../src/plan/plan.ts";
import { createTiny, gantry, type Scratch } from "./scratch.ts";

describe("a plan in a file", { timeout: 120_000 }, () => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await createTiny({ run: "node -e 0" });
  });
  afterAll(() => scratch.remove());

  it("validates, and runs on the source that it was made for", async () => {
    const planned = await gantry(["plan", "-C", scratch.folder, "--json"]);
    const plan = planSchema.parse(JSON.parse(planned.stdout));
    await scratch.write(".git/plan.json", planned.stdout);
    const file = join(scratch.folder, ".git", "plan.json");
    const end = await gantry(["ci", "-C", scratch.folder, "--plan", file, "--json"]);
    expect(end.exit, end.stderr).toBe(0);
    expect((JSON.parse(end.stdout) as Run).plan.source).toBe(plan.source);

    await scratch.write("package.json", '{ "name": "other", "private": true }');
    const other = await gantry(["ci", "-C", scratch.folder, "--plan", file, "--json"]);
    expect(other.exit).toBe(2);
    expect(JSON.parse(other.stdout)).toMatchObject({ errors: [{ code: "GANTRY-PLAN-SOURCE" }] });
  });
});
