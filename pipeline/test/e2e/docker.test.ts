import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Run } from "../../src/execute/run.ts";
import { createScratch, type GantryEnd, gantry, type Scratch, stageOf } from "./scratch.ts";

/**
 * The example with a real Docker daemon. No registry can be counted on, so a base image with Python,
 * uv and Node.js, and one of Redis, are named by variables; without them these tests are skipped.
 */
const base = process.env.GANTRY_TEST_APP_IMAGE ?? "";
const redis = process.env.GANTRY_TEST_REDIS_IMAGE ?? "";
const daemon = await execa("docker", ["version"], { reject: false, timeout: 10_000 });
const lack = daemon.failed
  ? "no Docker daemon answers"
  : base === "" || redis === ""
    ? "GANTRY_TEST_APP_IMAGE and GANTRY_TEST_REDIS_IMAGE are not set"
    : undefined;

describe("the example with Docker", { timeout: 600_000 }, () => {
  let scratch: Scratch | undefined;
  const on = (...words: string[]): Promise<GantryEnd> =>
    gantry([...words, "-C", scratch?.folder ?? "", "--json", "--on", "host"], { DOCKER_HOST: "" });

  beforeAll(async () => {
    if (lack) return;
    scratch = await createScratch();
    const args = `  args: { NODE_IMAGE: "${base}", PYTHON_IMAGE: "${base}" }\n`;
    await scratch.replace(
      "gantry.yaml",
      "  dockerfile: Dockerfile\n",
      `  dockerfile: Dockerfile\n${args}`,
    );
    await scratch.replace("gantry.yaml", "image: redis:8", `image: ${redis}`);
    await scratch.replace("gantry.yaml", "secrets: [GROQ_API_KEY]", "secrets: []");
  });
  afterAll(() => scratch?.remove());

  it("builds, starts and asks the real container, and leaves none behind", async ({ skip }) => {
    if (lack) return skip(lack);
    const end = await on("run", "smoke-tests", "--skip", "code-quality,unit-tests");
    const run = JSON.parse(end.stdout) as Run;
    const smoke = stageOf(run, "smoke-tests");
    expect(smoke.outcome, end.stderr).toBe("passed");
    expect(smoke.notChecked).toEqual([]);
    const image = smoke.steps.find(({ id }) => id === "image");
    expect(image?.measures?.imageMegabytes).toBeGreaterThan(1);
    const left = await execa("docker", [
      "ps",
      "--all",
      "--quiet",
      "--filter",
      `label=gantry.run=${run.id}`,
    ]);
    expect(left.stdout).toBe("");
  });

  it("gives the integration tests a real Redis", async ({ skip }) => {
    if (lack) return skip(lack);
    const end = await on("run", "integration-tests", "--skip", "code-quality");
    const integration = stageOf(JSON.parse(end.stdout) as Run, "integration-tests");
    expect(integration.outcome, end.stderr).toBe("passed");
    expect(integration.tests?.passed).toBeGreaterThan(3);
  });

  it("names the line of a Dockerfile that fails", async ({ skip }) => {
    if (lack) return skip(lack);
    await scratch?.replace("Dockerfile", "RUN npm run build", "RUN npm run nothing-has-this-name");
    const end = await on("run", "smoke-tests", "--skip", "code-quality,unit-tests");
    expect(end.exit).toBe(1);
    expect(end.stderr).toContain("nothing-has-this-name");
  });
});
