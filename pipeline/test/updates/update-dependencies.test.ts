import { readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { gantryHome } from "../../src/cli/home.ts";
import type { Standing } from "../../src/dependencies/contained.ts";
import type { UpdateReport } from "../../src/dependencies/report/report.ts";
import { createToolShed } from "../../src/host/tools.ts";
import { pins } from "../../src/plan/pins.ts";
import { createTiny, gantry, type Scratch } from "../e2e/scratch.ts";
import { type GithubStandIn, startGithub } from "../stand-ins/github/stand-in.ts";
import { headOf, pushTo } from "../stand-ins/github/world/git.ts";
import { type Registries, startRegistries } from "./registries.ts";

const shed = createToolShed(join(gantryHome(), "tools"), process.env);
const uv = await shed.find({ kind: "python", tools: { uv: pins.uv } }, () => undefined);
const why = uv.ok ? "" : ` (skipped: ${uv.reason})`;

type Shown = Omit<UpdateReport, "files"> & { files: string[]; request?: Standing };

let registries: Registries;
let scratch: Scratch;
let github: GithubStandIn;
beforeEach(async () => {
  registries = await startRegistries();
  github = await startGithub();
});
afterEach(async () => {
  await registries.close();
  await github.close();
  await scratch.remove();
});

const git = async (...args: string[]) =>
  (await execa("git", args, { cwd: scratch.folder })).stdout.trim();

async function commitAs(branch: string): Promise<void> {
  await git("checkout", "--quiet", "-B", branch);
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "build: locks");
  pushTo(github.world, branch, await git("rev-parse", "HEAD"));
}

async function update(...args: string[]): Promise<{ exit: number; shown: Shown; stderr: string }> {
  const { exit, stdout, stderr } = await gantry(
    ["update-dependencies", "-C", scratch.folder, "--json", "--quiet", ...args],
    {
      ...registries.env,
      GITHUB_API_URL: github.address,
      GITHUB_REPOSITORY: "octo/rose",
      GITHUB_TOKEN: github.world.options.tokens.write,
      GH_TOKEN: "",
      GANTRY_APP_TOKEN: "",
    },
  );
  if (!stdout.startsWith("{")) throw new Error(stderr);
  return { exit, shown: JSON.parse(stdout) as Shown, stderr };
}

const rows = ({ updates }: Shown) =>
  updates.map(({ name, from, to, kind, direct }) => [name, from, to, kind, direct]);

/** The user's own tree and repository, but for Gantry's folder. */
async function state(): Promise<string[]> {
  const lock = await git("ls-files", "-s");
  return [lock, await git("status", "--porcelain"), await git("for-each-ref")];
}

describe.skipIf(!uv.ok)(`uv, against an index of our own${why}`, { timeout: 300_000 }, () => {
  beforeEach(async () => {
    registries.publishPython("alpha", "1.0", { code: "def go(): return 1\n" });
    registries.publishPython("beta", "1.0", { code: "def old(): return 1\n" });
    registries.publishPython("gamma", "1.0", { needs: ["beta"] });
    registries.publishPython("delta", "1.0.0");
    registries.publishPython("omega", "1.0");
    const suite = { unit: { run: "python check.py", coverage: { minimum: 0 } } };
    scratch = await createTiny(
      { run: "node --test" },
      {
        "gantry.yaml": JSON.stringify({
          components: { back: { path: ".", toolchain: "uv", tests: suite } },
          dependencies: {
            groups: { small: ["del*"] },
            ignore: [{ package: "omega", reason: "waits for a decision" }],
          },
        }),
        "pyproject.toml":
          '[project]\nname = "own"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["alpha", "beta", "gamma", "omega"]\n[tool.uv]\npackage = false\n',
        "check.py": "import alpha, beta, gamma, omega\nalpha.go()\nbeta.old()\n",
        "package.json": "{}",
      },
    );
    const path = [...(uv.ok ? uv.tools.path : []), process.env.PATH].join(delimiter);
    const env = { ...registries.env, PATH: path };
    await execa("uv", ["lock"], { cwd: scratch.folder, env });
    await commitAs("develop");
  });

  async function publishNewer(): Promise<void> {
    const urls = { Changelog: "https://alpha.test/changes" };
    const code = "import delta\ndef go(): return 2\n";
    registries.publishPython("alpha", "1.1", { code, urls, needs: ["delta"] });
    registries.publishPython("beta", "2.0", { code: "def new(): return 1\n" });
    registries.publishPython("gamma", "1.1", { needs: ["beta>=2"] });
    registries.publishPython("omega", "1.5");
  }

  it("takes what passes, leaves out what breaks the tests and what cannot go without it", async () => {
    await publishNewer();
    const before = await state();
    const { exit, shown } = await update();
    expect(rows(shown)).toEqual([
      ["alpha", "1.0", "1.1", "minor", true],
      ["delta", undefined, "1.0.0", "added", false],
    ]);
    expect(shown.updates[0]).toMatchObject({ notes: "https://alpha.test/changes" });
    expect(shown.updates[1]).toMatchObject({ group: "small" });
    expect(shown.leftOut.map(({ name, to, why: reason }) => [name, to, reason])).toEqual([
      ["beta", "2.0", "breaks"],
      ["gamma", "1.1", "impossible"],
      ["omega", "1.5", "ignored"],
    ]);
    expect(shown).toMatchObject({ verdict: "partly", files: ["uv.lock"], stages: ["unit-tests"] });
    expect(shown.runs).toBeLessThanOrEqual(5);
    expect(exit).toBe(1);
    expect(shown.request).toMatchObject({ action: "created", number: 1 });
    const lock =
      headOf(github.world, "gantry/dependencies")?.files.get("uv.lock")?.toString() ?? "";
    expect(lock).toMatch(/name = "alpha"\nversion = "1\.1"/);
    expect(lock).toMatch(/name = "beta"\nversion = "1\.0"/);
    const body = github.world.issues[0]?.body ?? "";
    expect(body).toContain("| alpha | 1.0 | 1.1 | minor | directly |");
    expect(body).toContain("[notes](https://alpha.test/changes)");
    expect(await state()).toEqual(before);
  });

  it("shows the same with --dry-run, and writes nothing", async () => {
    await publishNewer();
    const { exit, shown } = await update("--dry-run");
    expect(rows(shown)).toHaveLength(2);
    expect(exit).toBe(1);
    expect(github.requests).toEqual([]);
  });

  it("is up to date, and closes the request that has nothing left", async () => {
    expect(await update()).toMatchObject({ exit: 0, shown: { verdict: "up-to-date", runs: 0 } });
    registries.publishPython("alpha", "1.2", { code: "def go(): return 3\n" });
    expect(await update()).toMatchObject({ exit: 0, shown: { request: { action: "created" } } });
    const lock =
      headOf(github.world, "gantry/dependencies")?.files.get("uv.lock")?.toString() ?? "";
    await scratch.write("uv.lock", lock);
    await commitAs("develop");
    expect(await update()).toMatchObject({
      exit: 0,
      shown: { verdict: "up-to-date", request: { action: "closed", number: 1 } },
    });
  });

  it("blames no update where the tests fail without any", async () => {
    await scratch.write("check.py", "raise SystemExit(1)\n");
    await commitAs("develop");
    await publishNewer();
    const { exit, shown } = await update();
    expect(shown).toMatchObject({ verdict: "base-red", updates: [], runs: 2, files: [] });
    expect(shown.leftOut.map(({ why: reason }) => reason)).toEqual(["ignored"]);
    expect(exit).toBe(1);
    expect(github.world.issues).toEqual([]);
  });

  it("is never up to date where no registry answers", async () => {
    await registries.close();
    const { exit, shown } = await update();
    expect(shown.verdict).toBe("not-checked");
    expect(shown.notChecked).toMatchObject([
      { lock: "uv.lock", reason: expect.stringMatching(/./) },
    ]);
    expect(exit).toBe(3);
    expect(github.world.issues).toEqual([]);
  });

  it("refuses a base that is not the one on GitHub", async () => {
    pushTo(github.world, "develop", "1".repeat(40));
    await expect(update()).resolves.toMatchObject({
      exit: 2,
      shown: { errors: [{ code: "GANTRY-UPDATES-BASE" }] },
    });
  });
});

describe("npm, against a registry of our own", { timeout: 300_000 }, () => {
  beforeEach(async () => {
    await registries.publishNpm("alpha", "1.0.0", { code: "export const go = 1;" });
    await registries.publishNpm("beta", "1.0.0", { code: "export const old = 1;" });
    await registries.publishNpm("deep", "1.0.0");
    await registries.publishNpm("user", "1.0.0", {
      manifest: { dependencies: { deep: "^1.0.0" } },
    });
    scratch = await createTiny(
      { run: "node check.mjs" },
      {
        "package.json": JSON.stringify({
          name: "tiny",
          version: "1.0.0",
          private: true,
          dependencies: { alpha: "^1.0.0", beta: "^1.0.0", user: "^1.0.0" },
        }),
        "check.mjs": 'import { go } from "alpha";\nimport { old } from "beta";\nimport "user";\n',
      },
    );
    const cache = join(scratch.folder, ".gantry", "cache");
    const env = { ...registries.env, npm_config_cache: cache };
    const args = ["install", "--package-lock-only", "--no-audit", "--no-fund"];
    await execa("npm", args, { cwd: scratch.folder, env });
    await scratch.write(".gitignore", ".gantry\nnode_modules\n");
    await commitAs("develop");
  });

  it("takes what passes, leaves out what breaks the tests, and names what lies beyond the ranges", async () => {
    const repository = { type: "git", url: "git+https://github.com/a/alpha.git" };
    const manifest = { repository };
    await registries.publishNpm("alpha", "1.2.3", { code: "export const go = 2;", manifest });
    await registries.publishNpm("alpha", "2.0.0", { code: "export const went = 2;", manifest });
    await registries.publishNpm("beta", "1.0.1", { code: "export const fresh = 1;" });
    await registries.publishNpm("deep", "1.1.0");
    const before = await state();
    const { exit, shown } = await update();
    expect(rows(shown)).toEqual([
      ["alpha", "1.0.0", "1.2.3", "minor", true],
      ["deep", "1.0.0", "1.1.0", "minor", false],
    ]);
    expect(shown.updates[0]?.notes).toBe("https://github.com/a/alpha/releases");
    expect(shown.leftOut).toMatchObject([
      { name: "beta", from: "1.0.0", to: "1.0.1", kind: "patch", why: "breaks" },
    ]);
    expect(shown.beyond).toMatchObject([{ name: "alpha", locked: "1.2.3", latest: "2.0.0" }]);
    expect(shown).toMatchObject({ verdict: "partly", files: ["package-lock.json"] });
    expect(exit).toBe(1);
    const files = headOf(github.world, "gantry/dependencies")?.files;
    expect(files?.get("package-lock.json")?.toString()).toContain('"version": "1.2.3"');
    expect(await readFile(join(scratch.folder, "package-lock.json"), "utf8")).not.toContain(
      "1.2.3",
    );
    expect(await state()).toEqual(before);
  });

  it("raises the ranges that the config names, and leaves out what breaks then", async () => {
    await registries.publishNpm("alpha", "1.1.0", { code: "export const go = 2;" });
    await registries.publishNpm("alpha", "2.0.0", { code: "export const go = 3;" });
    await registries.publishNpm("beta", "2.0.0", { code: "export const fresh = 1;" });
    await registries.publishNpm("user", "2.0.0", { code: "" });
    await scratch.write("gantry.yaml", JSON.stringify({ ...(await config()), dependencies }));
    await commitAs("develop");
    const { exit, shown } = await update();
    expect(rows(shown)).toEqual([["alpha", "1.0.0", "2.0.0", "major", true]]);
    expect(shown.leftOut).toMatchObject([{ name: "beta", to: "2.0.0", why: "breaks" }]);
    expect(shown.beyond).toMatchObject([{ name: "user", latest: "2.0.0" }]);
    expect(shown.files).toEqual(["package-lock.json", "package.json"]);
    expect(exit).toBe(1);
    const files = headOf(github.world, "gantry/dependencies")?.files;
    const manifest = JSON.parse(files?.get("package.json")?.toString() ?? "");
    expect(manifest.dependencies).toEqual({ alpha: "^2.0.0", beta: "^1.0.0", user: "^1.0.0" });
  });

  const dependencies = { majors: ["alpha", "be*"] };
  const config = async () =>
    parse(await readFile(join(scratch.folder, "gantry.yaml"), "utf8")) as object;

  it("is never up to date where no registry answers", async () => {
    expect(await update("--dry-run")).toMatchObject({ exit: 0, shown: { verdict: "up-to-date" } });
    await registries.close();
    const { exit, shown } = await update("--dry-run");
    expect(shown.verdict).toBe("not-checked");
    expect(exit).toBe(3);
  });
});

describe.skipIf(!uv.ok)(
  `compiled requirements, on an index of our own${why}`,
  {
    timeout: 300_000,
  },
  () => {
    beforeEach(async () => {
      registries.publishPython("alpha", "1.0", { code: "def go(): return 1\n", needs: ["deep"] });
      registries.publishPython("beta", "1.0", { code: "def old(): return 1\n" });
      registries.publishPython("deep", "1.0");
      // What every environment of pip's kind begins with.
      for (const name of ["pip", "setuptools", "wheel"]) registries.publishPython(name, "99.0");
      const suite = { unit: { run: "python check.py", coverage: { minimum: 0 } } };
      scratch = await createTiny(
        { run: "node --test" },
        {
          "gantry.yaml": JSON.stringify({
            components: { back: { path: ".", toolchain: "pip", tests: suite } },
          }),
          "requirements.in": "# what the service asks for\nalpha<2\nbeta\n",
          "check.py": "import alpha, beta, deep\nalpha.go()\nbeta.old()\n",
          "package.json": "{}",
        },
      );
      const path = [...(uv.ok ? uv.tools.path : []), process.env.PATH].join(delimiter);
      const env = { ...registries.env, PATH: path };
      const args = ["pip", "compile", "--generate-hashes", "requirements.in"];
      await execa("uv", [...args, "-o", "requirements.txt"], { cwd: scratch.folder, env });
      await commitAs("develop");
    });

    it("takes what passes within the ranges, leaves out what breaks, and names what lies beyond", async () => {
      registries.publishPython("alpha", "1.1", { code: "def go(): return 2\n", needs: ["deep"] });
      registries.publishPython("alpha", "2.0", { code: "def went(): return 2\n" });
      registries.publishPython("beta", "1.1", { code: "def fresh(): return 1\n" });
      registries.publishPython("deep", "1.0.1");
      const { exit, shown } = await update();
      expect(rows(shown)).toEqual([
        ["alpha", "1.0", "1.1", "minor", true],
        ["deep", "1.0", "1.0.1", "patch", false],
      ]);
      expect(shown.leftOut).toMatchObject([{ name: "beta", to: "1.1", why: "breaks" }]);
      expect(shown.beyond).toMatchObject([{ name: "alpha", locked: "1.1", latest: "2.0" }]);
      expect(shown).toMatchObject({ verdict: "partly", files: ["requirements.txt"] });
      expect(exit).toBe(1);
      const files = headOf(github.world, "gantry/dependencies")?.files;
      const text = files?.get("requirements.txt")?.toString() ?? "";
      expect(text).toMatch(/^# {4}uv pip compile --generate-hashes requirements\.in/m);
      expect(text).toMatch(/^alpha==1\.1 \\\n +--hash=sha256:[0-9a-f]{64}/m);
      expect(text).toContain("beta==1.0 ");
      expect(files?.get("requirements.in")?.toString()).toBeUndefined();
    });

    it("raises a range where people write it, and pins what that brings", async () => {
      registries.publishPython("alpha", "2.0", { code: "def go(): return 3\n", needs: ["deep"] });
      const text = await readFile(join(scratch.folder, "gantry.yaml"), "utf8");
      const dependencies = { majors: ["*"] };
      await scratch.write("gantry.yaml", JSON.stringify({ ...JSON.parse(text), dependencies }));
      await commitAs("develop");
      const { exit, shown } = await update();
      expect(rows(shown)).toEqual([["alpha", "1.0", "2.0", "major", true]]);
      expect(shown).toMatchObject({ files: ["requirements.txt", "requirements.in"], beyond: [] });
      expect(exit).toBe(0);
      const files = headOf(github.world, "gantry/dependencies")?.files;
      expect(files?.get("requirements.in")?.toString()).toBe(
        "# what the service asks for\nalpha<3\nbeta\n",
      );
      expect(files?.get("requirements.txt")?.toString()).toContain("alpha==2.0 ");
    });
  },
);
