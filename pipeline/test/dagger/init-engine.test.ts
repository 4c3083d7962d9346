import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createScratch, dagger, noEngine, type Scratch } from "./engine.ts";

const reason = noEngine();

/** What only a real engine can show. Without one, every test is skipped with the reason. */
describe("init on an engine", { timeout: 600_000 }, () => {
  let scratch: Scratch;
  beforeAll(() => {
    scratch = createScratch({
      "package.json": JSON.stringify({ name: "tiny", version: "1.0.0", private: true }),
      "README.md": "# Tiny\n",
      "CONTRIBUTING.md": "# Ours\n",
    });
  });
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  afterAll(() => scratch?.remove());

  const init = (...words: string[]) =>
    dagger(scratch, ["-y", "init", "--repository=acme/tiny", ...words]);
  const text = (path: string): string => readFileSync(join(scratch.folder, path), "utf8");
  const status = (): string =>
    execFileSync("git", ["status", "--porcelain"], { cwd: scratch.folder, encoding: "utf8" });

  it("writes what is missing, completes what is there, and shows what differs", async () => {
    const called = await init();
    expect(called.exit).toBe(0);
    expect(text("gantry.yaml")).toContain("name: tiny");
    expect(text(".github/workflows/dependency-updates.yml")).toContain(
      "dagger call propose-updates",
    );
    expect(text(".github/actions/stage/index.cjs").length).toBeGreaterThan(1000);
    expect(text("README.md")).toMatch(/^# Tiny\n[\s\S]*acme\/tiny\/actions/);
    expect(text("CONTRIBUTING.md")).toBe("# Ours\n");
    expect(called.all).toMatch(/CONTRIBUTING\.md +differs and stays[\s\S]*-# Ours/);
  });

  it("changes nothing the second time", async () => {
    scratch.commit("build: gantry");
    const called = await init();
    expect(called.exit).toBe(0);
    expect(status()).toBe("");
  });

  it("takes the new text of a file that is named, and is an error for one that is not its own", async () => {
    await init("--force=CONTRIBUTING.md");
    expect(text("CONTRIBUTING.md")).not.toContain("# Ours");
    expect(status()).toBe(" M CONTRIBUTING.md\n");
    const called = await init("--force=package.json");
    expect(called.all).toContain("GANTRY-USAGE");
    expect(called.exit).toBe(1);
  });
});
