import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { ShownInit } from "../../src/adopt/shown.ts";
import { expression } from "../../src/adopt/workflows/expression.ts";
import { type Repository, scratchRepository } from "../builders/repository.ts";
import { gantry } from "../e2e/scratch.ts";

const python = {
  "pyproject.toml":
    '[project]\nname = "app"\nversion = "1"\n[tool.pytest.ini_options]\n[tool.ruff]\n[dependency-groups]\ndev = ["pytest", "ruff"]\n',
  "uv.lock": "version = 1\n",
  "app.py": "",
  "tests/test_app.py": "def test(): pass\n",
  "README.md": "# App\n\nWhat it is.\n",
};
const address = "github.com/acme/gantry@v1.0.0";

async function init({ root }: Repository, ...words: string[]): Promise<ShownInit> {
  const { stdout, exit, stderr } = await gantry(["init", "-C", root, "--json", ...words]);
  expect({ exit, stderr }).toMatchObject({ exit: 0 });
  return JSON.parse(stdout) as ShownInit;
}
const actions = (shown: ShownInit): Record<string, string> =>
  Object.fromEntries(shown.files.map(({ path, action }) => [path, action]));
const status = ({ git }: Repository): Promise<string> =>
  git("status", "--porcelain", "--untracked-files=all");

async function stepsOf(root: string): Promise<unknown> {
  const { stdout } = await gantry([
    "plan",
    "-C",
    root,
    "--json",
    "--event",
    "push",
    "--branch",
    "main",
  ]);
  const plan = JSON.parse(stdout) as {
    stages: { id: string; run: boolean; steps: { id: string; argv?: string[] }[] }[];
  };
  return plan.stages
    .filter(({ id }) => id === "code-quality" || id === "unit-tests")
    .map(({ id, run, steps }) => ({ id, run, steps: idsOf(steps) }));
}

/** Without what measures the coverage, which only a repository with a config is asked for. */
function idsOf(steps: readonly { readonly id: string }[]): string[] {
  return steps.map(({ id }) => id).filter((id) => !id.endsWith("/test-tools"));
}

describe("gantry init", { timeout: 60_000 }, () => {
  test("writes everything once, and a second run changes nothing and says so", async () => {
    const repository = await scratchRepository(python);
    const first = await init(repository, "--module", address);
    expect(first.changes).toBe(true);
    expect(new Set(Object.values(actions(first)))).toEqual(new Set(["create", "merge"]));
    const after = await status(repository);
    const second = await init(repository);
    expect(second.changes).toBe(false);
    expect(new Set(Object.values(actions(second)))).toEqual(new Set(["same"]));
    expect(await status(repository)).toBe(after);
    await repository.commit();
    expect((await init(repository)).changes).toBe(false);
    const { stdout } = await gantry(["init", "-C", repository.root]);
    expect(stdout).toContain("Nothing to do");
  });

  test("leaves the plan as it was: the new files tell nothing about the repository", async () => {
    const repository = await scratchRepository(python);
    const before = await stepsOf(repository.root);
    await init(repository, "--module", address);
    expect(await stepsOf(repository.root)).toEqual(before);
    expect(JSON.stringify(before)).toContain("python/lint");
  });

  test("names Gantry as the blueprint, and keeps the version that dagger.json names", async () => {
    const repository = await scratchRepository(python);
    await init(repository, "--module", address);
    const file = join(repository.root, "dagger.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      blueprint: { name: "gantry", source: address },
    });
    await repository.write("dagger.json", readFileSync(file, "utf8").replace("v1.0.0", "v0.9.0"));
    expect((await init(repository)).changes).toBe(false);
  });

  test("leaves a dagger.json that is another module, and names Gantry in every call", async () => {
    const own = '{ "name": "theirs", "sdk": { "source": "go" } }\n';
    const repository = await scratchRepository({ ...python, "dagger.json": own });
    await init(repository, "--module", address);
    expect(readFileSync(join(repository.root, "dagger.json"), "utf8")).toBe(own);
    const workflow = readFileSync(join(repository.root, ".github/workflows/ci-cd.yml"), "utf8");
    expect(workflow).toContain(`dagger call --mod=${address} ci `);
  });

  test("shows what differs and does not write it, until it is named", async () => {
    const theirs = "# Ours\n\nAsk Ada.\n";
    const repository = await scratchRepository({ ...python, "CONTRIBUTING.md": theirs });
    const shown = await init(repository);
    const file = shown.files.find(({ path }) => path === "CONTRIBUTING.md");
    expect(file?.action).toBe("differs");
    expect(file?.diff).toMatch(
      /^--- a\/CONTRIBUTING\.md\n\+\+\+ b\/CONTRIBUTING\.md\n@@ [\s\S]*\n-Ask Ada\.\n/,
    );
    expect(readFileSync(join(repository.root, "CONTRIBUTING.md"), "utf8")).toBe(theirs);
    await init(repository, "--force", "CONTRIBUTING.md");
    expect(readFileSync(join(repository.root, "CONTRIBUTING.md"), "utf8")).toContain(
      "# Contributing",
    );
  });

  test("writes nothing with --dry-run", async () => {
    const repository = await scratchRepository(python);
    expect(await init(repository, "--dry-run")).toMatchObject({ changes: true, dryRun: true });
    expect(await status(repository)).toBe("");
  });

  test("takes a gantry.yaml that is there: its branches, its secrets by the job that needs them", async () => {
    const config = {
      components: { app: { path: ".", tests: { unit: { run: "pytest", secrets: ["API_KEY"] } } } },
      environments: {
        production: {
          branch: "live",
          provider: "railway",
          project: "p",
          service: "s",
          token: "LIVE_TOKEN",
        },
      },
    };
    const repository = await scratchRepository({
      ...python,
      "gantry.yaml": JSON.stringify(config),
    });
    const shown = await init(repository);
    expect(actions(shown)).not.toHaveProperty("gantry.yaml");
    const text = readFileSync(join(repository.root, ".github/workflows/ci-cd.yml"), "utf8");
    const workflow = parse(text) as {
      on: { push: unknown };
      jobs: Record<string, { env: unknown }>;
    };
    expect(workflow.on.push).toEqual({ branches: ["live", "develop"] });
    expect(workflow.jobs.checks?.env).toMatchObject({ SECRETS: "env:CODECOV_TOKEN,env:API_KEY" });
    expect(text).toContain(`LIVE_TOKEN: ${expression("secrets.LIVE_TOKEN")}`);
  });

  test("writes nothing at all where a link leads away, and says which", async () => {
    const repository = await scratchRepository(python);
    const elsewhere = await scratchRepository();
    symlinkSync(elsewhere.root, join(repository.root, ".github"));
    const { exit, stdout } = await gantry(["init", "-C", repository.root, "--json"]);
    expect(exit).toBe(2);
    expect(stdout).toContain("GANTRY-INIT-PLACE");
    expect(await status(repository)).toBe("?? .github");
    expect(await status(elsewhere)).toBe("");
  });

  test.each([
    ["--force", "setup.py"],
    ["--module", "$(rm -rf /)"],
  ])("refuses %s %s", async (...words) => {
    const { root } = await scratchRepository(python);
    const { exit, stdout } = await gantry(["init", "-C", root, "--json", ...words]);
    expect(exit).toBe(2);
    expect(stdout).toContain("GANTRY-USAGE");
  });

  test("refuses a folder inside a repository: workflows there count for nothing", async () => {
    const { root } = await scratchRepository({ "part/package.json": "{}" });
    const { exit, stderr } = await gantry(["init", "-C", join(root, "part")]);
    expect({ exit, stderr }).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("GANTRY-NOT-A-REPOSITORY"),
    });
  });

  test.each(["init", "migrate"])(
    "%s refuses what is no folder, and takes one without git",
    async (word) => {
      const { root } = await scratchRepository(python);
      const { exit, stderr } = await gantry([word, "-C", join(root, "nowhere")]);
      expect({ exit, stderr }).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining("GANTRY-NOT-A-REPOSITORY"),
      });
      rmSync(join(root, ".git"), { recursive: true });
      expect((await gantry([word, "-C", root])).exit).toBe(0);
    },
  );

  test("names in history are suggested and run nothing", async () => {
    const repository = await scratchRepository(python);
    const name = "$(touch x)`y` \u202eevil";
    execFileSync(
      "git",
      [
        "-c",
        `user.name=${name}`,
        "-c",
        "user.email=e@example.com",
        "commit",
        "--quiet",
        "--allow-empty",
        "-m",
        "fix: x",
      ],
      { cwd: repository.root },
    );
    await init(repository);
    const owners = readFileSync(join(repository.root, ".github/CODEOWNERS"), "utf8");
    expect(owners.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([]);
    expect(owners).not.toContain("\u202e");
  });
});
