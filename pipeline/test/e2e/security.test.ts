import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Run, StepRun } from "../../src/execute/run.ts";
import {
  type Advisories,
  type KnownAdvisory,
  startAdvisories,
} from "../stand-ins/advisories/advisories.ts";
import { createTiny, gantry, type Scratch, stageOf } from "./scratch.ts";

const leftTree: KnownAdvisory = {
  id: "GHSA-aaaa-bbbb-cccc",
  package: "left-tree",
  range: "<1.0.1",
  versions: ["1.0.0"],
  severity: "high",
  title: "Prototype pollution",
};
const idna: KnownAdvisory = {
  id: "PYSEC-2026-1",
  aliases: ["CVE-2026-1"],
  package: "idna",
  range: "<3.7",
  versions: ["2.10"],
  severity: "high",
  title: "Takes for ever",
  fixed: "3.7",
};

interface Ran {
  readonly exit: number;
  readonly run: Run;
  readonly step: StepRun;
  readonly stderr: string;
}

async function security(scratch: Scratch, step: string): Promise<Ran> {
  const args = ["run", "security", "--on", "host", "-C", scratch.folder, "--json"];
  const { exit, stdout, stderr } = await gantry(args);
  const run = JSON.parse(stdout) as Run;
  const found = stageOf(run, "security").steps.find(({ id }) => id === step);
  if (!found) throw new Error(`the stage has no ${step}: ${stderr}`);
  return { exit, run, stderr, step: found };
}

let world: Advisories;
beforeAll(async () => {
  world = await startAdvisories({
    "big-kit": { versions: ["1.0.0"], dependencies: { "left-tree": "^1.0.0" } },
    "left-tree": { versions: ["1.0.0", "1.0.1"] },
  });
});
afterAll(() => world.close());

const day = (offset: number): string =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

describe("npm, with a registry on this machine", { timeout: 120_000 }, () => {
  let scratch: Scratch;
  const config = (more: object = {}): string =>
    JSON.stringify({ components: { tiny: { path: "." } }, security: {}, ...more });
  beforeAll(async () => {
    const lock = {
      name: "tiny",
      version: "1.0.0",
      lockfileVersion: 3,
      packages: {
        "": { name: "tiny", version: "1.0.0", dependencies: { "big-kit": "1.0.0" } },
        "node_modules/big-kit": { version: "1.0.0", dependencies: { "left-tree": "^1.0.0" } },
        "node_modules/left-tree": { version: "1.0.0" },
      },
    };
    scratch = await createTiny(
      { run: "true" },
      {
        "package.json": JSON.stringify({
          name: "tiny",
          version: "1.0.0",
          dependencies: { "big-kit": "1.0.0" },
        }),
        "package-lock.json": JSON.stringify(lock),
        // Settings that would make npm ask nobody, and call it clean.
        ".npmrc": `registry=${world.url}\nfetch-retries=0\noffline=true\nomit=dev\n`,
        "gantry.yaml": config(),
      },
    );
  });
  afterAll(() => scratch.remove());

  it("is green where nothing is known, since two packages were asked about", async () => {
    world.asked.length = 0;
    const { exit, step, stderr } = await security(scratch, "tiny/audit");
    expect(exit, stderr).toBe(0);
    expect(step).toMatchObject({ outcome: "passed", measures: { packagesAsked: 2 } });
    expect(world.asked).toContain("POST /-/npm/v1/security/advisories/bulk");
  });

  it("sees that an advisory which it has seen before has become worse", async () => {
    world.known = [{ ...leftTree, severity: "low", title: "Harmless" }];
    expect((await security(scratch, "tiny/audit")).exit).toBe(0);
    world.known = [leftTree];
    expect((await security(scratch, "tiny/audit")).exit).toBe(1);
  });

  it("is red by one advisory, with its name and mend and without a wall of JSON", async () => {
    world.known = [leftTree];
    const { exit, step, stderr } = await security(scratch, "tiny/audit");
    expect(exit, stderr).toBe(1);
    expect(step.findings).toEqual([
      expect.objectContaining({
        file: "package-lock.json",
        rule: "GHSA-aaaa-bbbb-cccc",
        message: "left-tree <1.0.1: Prototype pollution (high)",
        mend: "`npm audit fix` updates it within the ranges of package.json",
        severity: "error",
      }),
    ]);
    expect(step.command).toMatch(/^npm audit --json/);
    expect(step.tail ?? "").not.toMatch(/auditReportVersion|"via"/);
    const shown = await gantry(["run", "security", "--on", "host", "-C", scratch.folder]);
    expect(shown.stdout + shown.stderr).toContain("left-tree <1.0.1: Prototype pollution (high)");
    expect(shown.stdout + shown.stderr).not.toContain("auditReportVersion");
  });

  it("is green again where it is accepted, and shows it; red where that has expired", async () => {
    const until = (last: string) =>
      config({
        accepted: [{ check: "audit", rule: leftTree.id, reason: "not reachable", until: last }],
      });
    await scratch.write("gantry.yaml", until(day(30)));
    const accepted = await security(scratch, "tiny/audit");
    expect(accepted.exit, accepted.stderr).toBe(0);
    expect(accepted.step.findings[0]?.message).toContain(
      `accepted until ${day(30)}: not reachable`,
    );
    await scratch.write("gantry.yaml", until(day(-30)));
    const expired = await security(scratch, "tiny/audit");
    expect(expired.exit).toBe(1);
    expect(expired.step.findings[0]?.message).toContain(`until ${day(-30)}, which is over`);
  });

  it("is green below the level", async () => {
    await scratch.write("gantry.yaml", config({ security: { audit: { level: "critical" } } }));
    expect((await security(scratch, "tiny/audit")).exit).toBe(0);
  });

  it("is not checked where the registry has no such endpoint, unless that is not required", async () => {
    world.status = 405;
    await scratch.write("gantry.yaml", config());
    const { exit, step } = await security(scratch, "tiny/audit");
    expect(exit).toBe(3);
    expect(step.outcome).toBe("not-checked");
    expect(step.explanation?.message).toContain("405 Method Not Allowed");
    await scratch.write("gantry.yaml", config({ security: { audit: { required: false } } }));
    const loose = await security(scratch, "tiny/audit");
    expect(loose.exit).toBe(0);
    expect(stageOf(loose.run, "security").notChecked.join()).toContain("405 Method Not Allowed");
    world.status = 200;
  });

  it("resolves a lock where there is none, and leaves the repository as it was", async () => {
    await scratch.write("gantry.yaml", config());
    await rm(join(scratch.folder, "package-lock.json"));
    await scratch.write(".npmrc", `registry=${world.url}\nfetch-retries=0\n`);
    world.known = [];
    const { exit, step, stderr } = await security(scratch, "tiny/audit");
    expect(exit, stderr).toBe(0);
    expect(step.measures).toEqual({ packagesAsked: 2 });
    expect(existsSync(join(scratch.folder, "package-lock.json"))).toBe(false);
  });
});

const uvLock = `version = 1
requires-python = ">=3.10"

[[package]]
name = "idna"
version = "2.10"
source = { registry = "https://pypi.org/simple" }
wheels = [{ url = "https://files.pythonhosted.org/packages/idna-2.10-py2.py3-none-any.whl", hash = "sha256:${"0".repeat(64)}", size = 58811 }]

[[package]]
name = "tiny"
version = "1.0.0"
source = { virtual = "." }
dependencies = [{ name = "idna" }]

[package.metadata]
requires-dist = [{ name = "idna", specifier = "==2.10" }]
`;

describe("uv, with a service of OSV's form on this machine", { timeout: 120_000 }, () => {
  let scratch: Scratch;
  beforeAll(async () => {
    const env = {
      PIP_AUDIT_VULNERABILITY_SERVICE: "osv",
      PIP_AUDIT_OSV_URL: `${world.url}/osv`,
    };
    scratch = await createTiny(
      { run: "true" },
      {
        "package.json": "{}",
        "pyproject.toml":
          '[project]\nname = "tiny"\nversion = "1.0.0"\nrequires-python = ">=3.10"\ndependencies = ["idna==2.10"]\n',
        "uv.lock": uvLock,
        "gantry.yaml": JSON.stringify({
          components: { tiny: { path: ".", toolchain: "uv", env } },
          security: {},
        }),
      },
    );
  });
  afterAll(() => scratch.remove());

  it("is red by an advisory, green without one, not checked without an answer", async () => {
    world.known = [idna];
    const red = await security(scratch, "tiny/audit");
    expect(red.exit, red.stderr).toBe(1);
    expect(red.step.findings).toEqual([
      expect.objectContaining({
        file: "uv.lock",
        rule: "PYSEC-2026-1",
        message: "idna 2.10: Takes for ever",
        mend: "update to 3.7, or above",
        tool: "pip-audit",
      }),
    ]);
    world.known = [];
    const green = await security(scratch, "tiny/audit");
    expect(green.exit, green.stderr).toBe(0);
    expect(green.step.measures).toEqual({ packagesAsked: 1 });
    world.status = 503;
    const unknown = await security(scratch, "tiny/audit");
    world.status = 200;
    expect(unknown.exit).toBe(3);
    expect(unknown.step.explanation?.message).toContain("pip-audit report was not left");
  });
});
