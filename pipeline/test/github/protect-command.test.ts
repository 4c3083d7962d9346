import { describe, expect, it } from "vitest";
import { type Repository, scratchRepository } from "../builders/repository.ts";
import { say } from "../builders/terminal.ts";
import { commitTo } from "../stand-ins/github/world/git.ts";
import { eachWithGithub } from "./stand-in-world.ts";

const config = `components:
  tiny: { path: ., toolchain: npm, quality: { lint: node --check a.js }, tests: { unit: { run: node --test } } }
branches:
  main: { checks: { required: [code-quality, unit-tests] } }
`;

interface Told {
  readonly verdict: string;
  readonly drift: readonly {
    readonly path: string;
    readonly wanted: unknown;
    readonly found: unknown;
  }[];
  readonly mended: readonly unknown[];
  readonly warnings: readonly string[];
}

describe("gantry protect", { timeout: 60_000 }, () => {
  const world = eachWithGithub();

  function protect(repository: Repository, words: string[], who: "admin" | "write" | "" = "admin") {
    const { address, options } = world().github.world;
    const env = {
      PATH: process.env.PATH,
      GITHUB_API_URL: address,
      GITHUB_REPOSITORY: "octo/rose",
      GITHUB_TOKEN: who && options.tokens[who],
    };
    return say(["protect", ...words], { cwd: repository.root, env });
  }

  async function tiny(text = config): Promise<Repository> {
    return scratchRepository({ "gantry.yaml": text, "package.json": '{ "name": "tiny" }' });
  }

  it("shows drift as a difference, mends it, and is quiet then", async () => {
    const repository = await tiny();
    commitTo(world().github.world, "develop", { message: "feat: b", files: {} });
    const before = await protect(repository, ["check"]);
    expect(before.exit).toBe(1);
    expect(before.stdout).toContain(
      "branches.main (classic)\n  - reviews.required: not set\n  + reviews.required: 1\n",
    );
    expect(before.stdout).toContain("  + checks.required: code-quality, unit-tests\n");
    expect(before.stdout).toContain("branches.develop (classic)\n");
    expect(before.stdout).toContain(
      "  - squashTitle: COMMIT_OR_PR_TITLE\n  + squashTitle: PR_TITLE",
    );
    const applied = await protect(repository, ["apply"]);
    expect(applied).toMatchObject({ exit: 0, stderr: "" });
    expect(applied.stdout).toContain("  mended enforceAdmins: no → yes\n");
    const after = await protect(repository, ["check", "--json"]);
    expect(after.exit).toBe(0);
    expect(JSON.parse(after.stdout)).toEqual({
      verdict: "passed",
      drift: [],
      mended: [],
      warnings: [],
      errors: [],
    });
  });

  it("looks at one branch alone, as JSON", async () => {
    const repository = await tiny(config.replace("unit-tests]", "deploy-production]"));
    const { exit, stdout } = await protect(repository, ["check", "--branch", "main", "--json"]);
    const told = JSON.parse(stdout) as Told;
    expect([exit, told.verdict]).toEqual([1, "failed"]);
    expect(told.drift).toContainEqual({
      path: "branches.main.checks.required",
      wanted: ["code-quality", "deploy-production"],
      found: null,
    });
    expect(told.drift.every(({ path }) => path.startsWith("branches.main."))).toBe(true);
    expect(told.warnings).toEqual([expect.stringContaining("`deploy-production`")]);
  });

  it("says by name which token it needs", async () => {
    const repository = await tiny();
    const workflow = await protect(repository, ["check"], "write");
    expect(workflow.exit).toBe(2);
    expect(workflow.stderr).toContain("the token in GITHUB_TOKEN may not do this (branches.main)");
    expect(workflow.stderr).toContain("GANTRY-GITHUB-PERMISSION");
    const none = await protect(repository, ["check"], "");
    expect(none).toMatchObject({ exit: 2, stderr: expect.stringContaining("is not set") });
  });

  it("ends with 2 where the config is wrong, and with 3 where GitHub fails", async () => {
    const wrong = await protect(await tiny(`${config}  develop: { foo: 1 }\n`), ["check"]);
    expect(wrong).toMatchObject({ exit: 2, stderr: expect.stringContaining("UNKNOWN-KEY") });
    const unknown = await protect(await tiny(), ["check", "--branch", "other"]);
    expect(unknown).toMatchObject({ exit: 2, stderr: expect.stringContaining("GANTRY-USAGE") });
    const fault = { name: "status", status: 422 } as const;
    world().github.faults.arm("repos/update-branch-protection", fault);
    const failed = await protect(await tiny(), ["apply", "--branch", "main"]);
    expect(failed).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining("GANTRY-GITHUB-FAILED"),
    });
  });
});
