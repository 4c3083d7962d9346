import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { gantryHome } from "../../src/cli/home.ts";
import { createToolShed } from "../../src/host/tools.ts";
import { pins } from "../../src/plan/pins.ts";
import { mirror } from "../release/remote.ts";
import { type GithubStandIn, startGithub } from "../stand-ins/github/stand-in.ts";
import { headOf } from "../stand-ins/github/world/git.ts";
import { runningClock } from "../stand-ins/railway/clock.ts";
import { type Registries, startRegistries } from "../updates/registries.ts";
import { type Door, makeIdentity, noHostAddress, openDoor } from "./doors.ts";
import { createScratch, dagger, nodeImage, noEngine, pythonImage, type Scratch } from "./engine.ts";

const shed = createToolShed(join(gantryHome(), "tools"), process.env);
const missing = noEngine();
const uv =
  missing === undefined
    ? await shed.find({ kind: "python", tools: { uv: pins.uv } }, () => undefined)
    : ({ ok: false, reason: missing } as const);
const reason = missing ?? noHostAddress() ?? (uv.ok ? undefined : uv.reason);
const noRegistries =
  reason ??
  (process.env.GANTRY_TEST_REGISTRIES
    ? undefined
    : "it asks PyPI and npm's registry from containers: GANTRY_TEST_REGISTRIES is not set");

const images = `images: { node: "${nodeImage}", python: "${pythonImage}", git: "${nodeImage}" }`;

/** Not in one breath: the index is in this very process. */
async function lock(scratch: Scratch, ...words: string[]): Promise<void> {
  const path = [...(uv.ok ? uv.tools.path : []), process.env.PATH].join(delimiter);
  await execa("uv", ["lock", ...words], { cwd: scratch.folder, env: { PATH: path } });
}

function git(scratch: Scratch, ...args: string[]): string {
  return execFileSync("git", args, { cwd: scratch.folder, encoding: "utf8", stdio: "pipe" }).trim();
}

const readLock = (scratch: Scratch): string =>
  readFileSync(join(scratch.folder, "uv.lock"), "utf8");

/** What only a real engine can show. Without one, every test is skipped with the reason. */
describe("updates from an engine, against an index of our own", { timeout: 900_000 }, () => {
  let registries: Registries;
  let github: GithubStandIn;
  const doors: Door[] = [];
  let api: string;
  let scratch: Scratch;
  beforeAll(async () => {
    if (reason !== undefined) return;
    registries = await startRegistries();
    github = await startGithub({ clock: runningClock(1) });
    const identity = makeIdentity();
    const index = await openDoor(registries.address);
    const door = await openDoor(github.address, identity);
    doors.push(index, door);
    api = door.address;
    github.world.address = api;
    for (const name of ["alpha", "beta"])
      registries.publishPython(name, "1.0", { code: "fit = 1" });
    scratch = createScratch({
      "certificate.pem": identity.cert,
      "pyproject.toml": `[project]
name = "own"
version = "1"
requires-python = ">=3.9"
dependencies = ["alpha", "beta"]
[tool.uv]
package = false
[[tool.uv.index]]
url = "${index.address}/simple"
default = true
`,
      "check.py": 'import os, alpha, beta\nbeta.fit\nassert "GITHUB_TOKEN" not in os.environ\n',
      "gantry.yaml": `
name: tiny-updates
certificates: certificate.pem
${images}
components:
  back:
    path: .
    toolchain: uv
    tests: { unit: { run: python check.py, coverage: { minimum: 0 } } }
`,
    });
    await lock(scratch);
    scratch.commit("build: lock");
    await mirror(github.world, scratch.folder);
    registries.publishPython("alpha", "1.1", { code: "fit = 1" });
    registries.publishPython("beta", "1.1", { code: "other = 1" });
  });
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  afterAll(async () => {
    for (const door of doors) await door.close();
    await Promise.all([github?.close(), registries?.close()]);
    scratch?.remove();
  });

  const propose = (...words: string[]) =>
    dagger(
      scratch,
      [
        "propose-updates",
        `--github-url=${api}`,
        "--repository=octo/rose",
        "--secrets=env:GITHUB_TOKEN,env:GANTRY_APP_TOKEN",
        ...words,
      ],
      { GITHUB_TOKEN: github.world.options.tokens.write, GANTRY_APP_TOKEN: "" },
    );

  it("changes the lock file with what passes, and names what breaks a test", async () => {
    const called = await dagger(scratch, ["-y", "update-dependencies"]);
    expect(called.exit).toBe(0);
    expect(called.all).toMatch(/left out:\n.*beta +1\.0 +1\.1 +uv\.lock +back: unit tests/);
    expect(readLock(scratch)).toMatch(/name = "alpha"\nversion = "1\.1"/);
    expect(readLock(scratch)).toMatch(/name = "beta"\nversion = "1\.0"/);
    expect(git(scratch, "status", "--porcelain")).toBe("M uv.lock");
    git(scratch, "checkout", "--quiet", "uv.lock");
  });

  it("says what it would propose, and asks GitHub nothing", async () => {
    const called = await propose("--dry-run");
    expect(called.all).toContain("verdict: partly (exit code 1)");
    expect(github.requests).toEqual([]);
  });

  it("keeps one pull request with what passed, from a container that ran no test", async () => {
    const called = await propose();
    expect(called.all).toMatch(/pull request: created/);
    expect(called.exit).toBe(1);
    const body = github.world.issues[0]?.body ?? "";
    expect(body).toContain("| alpha | 1.0 | 1.1 | minor | directly |");
    expect(body).toMatch(/Left out[\s\S]*\| beta \| 1\.0 \| 1\.1 \|/);
    const head = headOf(github.world, "gantry/dependencies");
    expect(head?.parents).toEqual([git(scratch, "rev-parse", "develop")]);
    expect(head?.files.get("uv.lock")?.toString()).toMatch(/name = "alpha"\nversion = "1\.1"/);
    expect((await propose()).all).toMatch(/pull request: unchanged/);
    expect(github.world.issues).toHaveLength(1);
  });

  it("refuses, before it tries anything, a base that is another one on GitHub", async () => {
    scratch.write("more.txt", "more");
    scratch.commit("feat: more");
    const called = await propose();
    expect(called.all).toContain("GANTRY-UPDATES-BASE");
    expect(called.all).not.toContain("test run 1");
    expect(called.exit).toBe(1);
  });
});

describe("updates of the example, with locks of another day", { timeout: 900_000 }, () => {
  let scratch: Scratch;
  beforeAll(async () => {
    if (noRegistries !== undefined) return;
    scratch = createScratch({});
    const example = fileURLToPath(new URL("../../../examples/rose", import.meta.url));
    cpSync(example, scratch.folder, { recursive: true, filter: (path) => !set.test(path) });
    writeFileSync(join(scratch.folder, "gantry.yaml"), `${config(example)}\n${images}\n`);
    scratch.write("tests/unit/test_pins.py", pinned);
    await lock(scratch, "--upgrade-package=redis==6.4.0", "--upgrade-package=idna==3.10");
    scratch.commit("build: old locks");
  });
  beforeEach((context) => {
    if (noRegistries !== undefined) context.skip(noRegistries);
  });
  afterAll(() => scratch && rmSync(scratch.folder, { recursive: true, force: true }));

  const set = /\/(node_modules|\.venv|\.gantry|__pycache__)(\/|$)/;
  const config = (example: string): string => readFileSync(join(example, "gantry.yaml"), "utf8");
  const pinned =
    'from importlib.metadata import version\n\n\ndef test_redis_stays() -> None:\n    assert version("redis").startswith("6.")\n';

  it("takes what passes the example's own checks, and names the test that another breaks", async () => {
    const called = await dagger(scratch, ["-y", "update-dependencies"]);
    expect(called.exit).toBe(0);
    expect(called.all).toMatch(/redis +6\.4\.0 .*backend: unit tests: test_redis_stays/);
    expect(readLock(scratch)).toMatch(/name = "redis"\nversion = "6\.4\.0"/);
    expect(readLock(scratch)).not.toMatch(/name = "idna"\nversion = "3\.10"/);
    expect(git(scratch, "status", "--porcelain")).toMatch(/^M uv\.lock/);
  });
});
