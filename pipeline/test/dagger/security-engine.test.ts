import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Run, StepRun } from "../../src/execute/run.ts";
import {
  type Advisories,
  type KnownAdvisory,
  startAdvisories,
} from "../stand-ins/advisories/advisories.ts";
import { type Door, noHostAddress, openDoor } from "./doors.ts";
import {
  createScratch,
  dagger,
  exportRun,
  nodeImage,
  noEngine,
  pythonImage,
  type Scratch,
} from "./engine.ts";

const reason =
  noEngine() ??
  noHostAddress() ??
  (process.env.GANTRY_TEST_REGISTRIES
    ? undefined
    : "pip-audit comes from PyPI into a container: GANTRY_TEST_REGISTRIES is not set");

const inNpm: KnownAdvisory = {
  id: "GHSA-aaaa-bbbb-cccc",
  package: "left-tree",
  range: "<1.0.1",
  versions: ["1.0.0"],
  severity: "high",
  title: "Prototype pollution",
};
const inPypi: KnownAdvisory = {
  id: "PYSEC-2026-1",
  package: "idna",
  range: "<3.7",
  versions: ["2.10"],
  severity: "high",
  title: "Takes for ever",
  fixed: "3.7",
};

/** What only a real engine can show. Without one, every test is skipped with the reason. */
describe("audits from an engine", { timeout: 900_000 }, () => {
  let world: Advisories;
  let door: Door;
  let scratch: Scratch;
  beforeAll(async () => {
    if (reason !== undefined) return;
    world = await startAdvisories({ "left-tree": { versions: ["1.0.0", "1.0.1"] } });
    door = await openDoor(world.url);
    const manifest = { name: "web", version: "1.0.0", dependencies: { "left-tree": "1.0.0" } };
    const packages = { "": manifest, "node_modules/left-tree": { version: "1.0.0" } };
    scratch = createScratch({
      "web/package.json": JSON.stringify(manifest),
      "web/package-lock.json": JSON.stringify({ ...manifest, lockfileVersion: 3, packages }),
      "web/.npmrc": `registry=${door.address}\nfetch-retries=0\n`,
      "api/requirements.txt": "# made by pip-compile\nidna==2.10\n",
      "gantry.yaml": `
name: tiny-security
security: {}
components:
  web: { path: web, toolchain: npm }
  api:
    path: api
    toolchain: pip
    env: { PIP_AUDIT_VULNERABILITY_SERVICE: osv, PIP_AUDIT_OSV_URL: "${door.address}/osv" }
images: { node: "${nodeImage}", python: "${pythonImage}" }
`,
    });
  });
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  afterAll(async () => {
    await Promise.all([world?.close(), door?.close()]);
    scratch?.remove();
  });

  async function security(): Promise<{ exit: number; all: string; steps: StepRun[] }> {
    const { exit, all } = await dagger(scratch, ["security"]);
    const { run }: { run: Run } = await exportRun(scratch);
    const steps = run.stages.find(({ id }) => id === "security")?.steps ?? [];
    return { exit, all, steps: steps.filter(({ id }) => id.endsWith("/audit")) };
  }

  it("is green where both databases were asked and know nothing", async () => {
    const { exit, all, steps } = await security();
    expect(exit, all).toBe(0);
    expect(steps.map(({ outcome, measures }) => ({ outcome, measures }))).toEqual([
      { outcome: "passed", measures: { packagesAsked: 1 } },
      { outcome: "passed", measures: { packagesAsked: 1 } },
    ]);
  });

  it("is red by what became known since, with nothing changed in the repository", async () => {
    world.known = [inNpm, inPypi];
    const { exit, all, steps } = await security();
    expect(exit, all).toBe(1);
    const found = steps.flatMap(({ findings }) => findings);
    expect(found.map(({ file, rule }) => ({ file, rule }))).toEqual([
      { file: "web/package-lock.json", rule: inNpm.id },
      { file: "api/requirements.txt", rule: inPypi.id },
    ]);
  });

  it("is not checked once nobody answers, whatever was known before", async () => {
    world.known = [];
    world.status = 503;
    const { exit, all, steps } = await security();
    expect(exit).not.toBe(0);
    expect(all).toMatch(/verdict: unknown \(exit code 3\)/);
    expect(steps.map(({ outcome }) => outcome)).toEqual(["not-checked", "not-checked"]);
  });
});
