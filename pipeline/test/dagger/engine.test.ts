import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Run, StepRun } from "../../src/execute/run.ts";
import {
  createScratch,
  dagger,
  exportRun,
  nodeImage,
  noEngine,
  pythonImage,
  type Scratch,
} from "./engine.ts";

const reason = noEngine();
const secret = "t0p/secret+value==42";

const application = {
  "package.json": JSON.stringify({ name: "tiny", version: "1.0.0", private: true }),
  "package-lock.json": JSON.stringify({
    name: "tiny",
    version: "1.0.0",
    lockfileVersion: 3,
    packages: { "": { name: "tiny", version: "1.0.0" } },
  }),
  "lint.mjs": "process.exit(1);\n",
  "app.test.mjs": 'import { test } from "node:test";\ntest("works", () => {});\n',
  "server.mjs": `import { createServer } from "node:http";
createServer((_request, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ status: "ok" }));
}).listen(process.env.PORT);
`,
  Dockerfile: 'ARG BASE\nFROM $BASE\nCOPY server.mjs ./\nCMD ["node", "server.mjs"]\n',
  "show.sh": `echo "raw $TOKEN"
printf %s "$TOKEN" | base64
printf %s "x$TOKEN" | base64
node -p 'encodeURIComponent(process.env.TOKEN)'
`,
  // What pr-checks asks of every repository.
  "README.md": "# Tiny\n",
  ".env.example": "TOKEN=\n",
  ".gitignore": ".env\n",
  "gantry.yaml": `
name: tiny
components:
  app:
    path: .
    toolchain: npm
    quality: { lint: node lint.mjs }
    tests:
      unit: { run: node --test app.test.mjs, coverage: { minimum: 0 } }
      integration: { run: sh show.sh, secrets: [TOKEN], blocking: false }
image:
  dockerfile: Dockerfile
  args: { BASE: "${nodeImage}" }
  health: /health
  endpoints: [{ path: /, json: { status: ok } }]
images: { node: "${nodeImage}", python: "${pythonImage}", git: "${nodeImage}" }
`,
};

/** What only a real engine can show. Without one, every test is skipped with the reason. */
describe("the module on an engine", { timeout: 900_000 }, () => {
  let scratch: Scratch;
  const folders: string[] = [];
  beforeAll(() => {
    scratch = createScratch(application);
  });
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  afterAll(() => {
    scratch?.remove();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  async function latest(): Promise<{ run: Run; folder: string }> {
    const found = await exportRun(scratch);
    folders.push(found.folder);
    return found;
  }

  it("plan says what would run", async () => {
    const { stdout, exit } = await dagger(scratch, ["plan", "--event-name=push", "--ref=main"]);
    expect(exit).toBe(0);
    const plan = JSON.parse(stdout) as Run["plan"];
    expect(plan.trigger).toMatchObject({ event: "push", branch: "main" });
    expect(plan.stages.filter((stage) => stage.run).map((stage) => stage.id)).toContain(
      "smoke-tests",
    );
  });

  it("ci is red with the summary first, report shows it, and verdict ends with its code", async () => {
    const called = await dagger(scratch, ["ci"]);
    expect(called.exit).toBe(1);
    expect(called.all).toMatch(/verdict: failed \(exit code 1\)/);
    const { run, folder } = await latest();
    expect(run.verdict).toBe("failed");
    expect(step(run, "code-quality", "app/lint").outcome).toBe("failed");
    const verdict = await dagger(scratch, ["verdict", `--run=${folder}/run.json`]);
    expect(verdict.exit).toBe(1);
  });

  it("ci again runs only what was red", async () => {
    const before = await latest();
    await dagger(scratch, ["ci"]);
    const { run } = await latest();
    expect(run.id).not.toBe(before.run.id);
    expect(step(run, "code-quality", "app/install").reused).toBe(true);
    expect(step(run, "code-quality", "app/lint").reused).toBeUndefined();
  });

  it("ci is green once it is mended, and the secret stands nowhere in any form", async () => {
    scratch.write("lint.mjs", "process.exit(0);\n");
    scratch.commit("fix: lint");
    const called = await dagger(scratch, ["ci", "--secrets=env:TOKEN,env:NOT_THERE"], {
      TOKEN: secret,
    });
    expect(called.all).toMatch(/verdict: passed \(exit code 0\)/);
    const { run, folder } = await latest();
    expect(step(run, "integration-tests", "app/integration").outcome).toBe("passed");
    expect(step(run, "smoke-tests", "health").outcome).toBe("passed");
    expect(Number(step(run, "smoke-tests", "image").measures?.imageMegabytes)).toBeGreaterThan(1);
    const log = readFileSync(join(folder, "logs/integration-tests/app.integration.log"), "utf8");
    expect(log).toContain("raw ***");
    for (const text of [called.all, ...textsIn(folder)]) {
      for (const form of formsOf(secret)) expect(text).not.toContain(form);
    }
  });

  it("ci a third time runs nothing that was green", async () => {
    await dagger(scratch, ["ci"]);
    const { run } = await latest();
    const commands = run.stages.flatMap((stage) => stage.steps).filter((s) => s.kind === "exec");
    const green = commands.filter((command) => command.outcome === "passed");
    expect(green.filter((command) => !command.reused)).toEqual([]);
  });

  it("ci runs everything where the plan asks for it afresh", async () => {
    const { stdout } = await dagger(scratch, ["plan"]);
    const folder = mkdtempSync(join(tmpdir(), "gantry-plan-"));
    folders.push(folder);
    const file = join(folder, "plan.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(stdout), fresh: true }));
    await dagger(scratch, ["ci", `--plan=${file}`]);
    const { run } = await latest();
    expect(run.verdict).toBe("passed");
    expect(run.stages.flatMap((stage) => stage.steps).filter((s) => s.reused)).toEqual([]);
  });

  it("smoke-tests stands alone, and names an application that ends at once", async () => {
    scratch.write("server.mjs", 'console.log("no such luck"); process.exit(7);\n');
    const called = await dagger(scratch, ["smoke-tests"]);
    expect(called.exit).toBe(1);
    const { run, folder } = await latest();
    const steps = run.stages.find(({ id }) => id === "smoke-tests")?.steps ?? [];
    const red = steps.find(({ outcome }) => outcome === "failed");
    expect(red?.explanation?.message).toContain("ended with exit code 7");
    expect(textsIn(folder).join("\n")).toContain("no such luck");
  });

  it("a step that reads history is on the branch that is checked, or on none", async () => {
    const config = application["gantry.yaml"].replace("node lint.mjs", "sh where.sh");
    scratch.write(
      "gantry.yaml",
      config.replace("toolchain: npm", "toolchain: npm\n    history: true"),
    );
    scratch.write(
      "where.sh",
      'echo "at $(git symbolic-ref --quiet HEAD || echo none) of $(git branch)"\n',
    );
    scratch.commit("test: where it is");
    const where = async (): Promise<string> => {
      await dagger(scratch, ["code-quality"]);
      const { run, folder } = await latest();
      return readFileSync(join(folder, step(run, "code-quality", "app/lint").log ?? ""), "utf8");
    };
    expect(await where()).toContain("at refs/heads/develop of * develop");
    scratch.git("checkout", "--quiet", "--detach");
    scratch.git("branch", "--quiet", "--delete", "--force", "main");
    // The engine calls it `main`, as if that were its base.
    expect(await where()).toMatch(/^at none of \* \((no branch|HEAD detached)/m);
    scratch.git("checkout", "--quiet", "develop");
  });

  it("e2e-tests ask the started application, and show its last words where they are red", async () => {
    scratch.write("server.mjs", application["server.mjs"]);
    scratch.write("lint.mjs", "process.exit(0);\n");
    scratch.write(
      "gantry.yaml",
      application["gantry.yaml"].replace(
        "tests:",
        "tests:\n      e2e: { run: node e2e.mjs, blocking: true }",
      ),
    );
    const suite = (wanted: string) =>
      `const answer = await fetch(process.env.BASE_URL);\nconst { status } = await answer.json();\nconsole.log("it says", status);\nprocess.exit(status === "${wanted}" ? 0 : 1);\n`;
    const e2e = async (
      wanted: string,
    ): Promise<{ outcome: string; log: string; shown: string }> => {
      scratch.write("e2e.mjs", suite(wanted));
      scratch.commit(`test: ${wanted}`);
      const words = ["ci", "--event-name=workflow_dispatch", "--ref=develop"];
      const { all: shown } = await dagger(scratch, words);
      const { run, folder } = await latest();
      const { outcome, log = "" } = step(run, "e2e-tests", "app/e2e");
      return { outcome, log: readFileSync(join(folder, log), "utf8"), shown };
    };
    expect(await e2e("ok")).toMatchObject({
      outcome: "passed",
      log: expect.stringContaining("it says ok"),
    });
    const red = await e2e("better");
    expect(red).toMatchObject({ outcome: "failed", log: expect.stringContaining("it says ok") });
    expect(red.shown).toContain("the application's last words");
  });

  it("a component that names its inputs sees nothing else, and no other change runs it", async () => {
    scratch.git("checkout", "--quiet", "develop");
    scratch.write("part/package.json", application["package.json"]);
    scratch.write(
      "part/lint.mjs",
      'import { readdirSync } from "node:fs";\nconsole.log(readdirSync(".."));\n',
    );
    const components =
      "part: { path: part, toolchain: npm, inputs: [part], quality: { lint: node lint.mjs } }";
    scratch.write(
      "gantry.yaml",
      `components: { ${components} }\nimages: { node: "${nodeImage}", git: "${nodeImage}" }\n`,
    );
    scratch.commit("test: a part");
    const lint = async (): Promise<StepRun> => {
      await dagger(scratch, ["code-quality"]);
      const { run, folder } = await latest();
      const found = step(run, "code-quality", "part/lint");
      expect(readFileSync(join(folder, found.log ?? ""), "utf8")).toContain("[ 'part' ]");
      return found;
    };
    // The engine remembers what an earlier run of these tests has shown it.
    scratch.write("part/this-run", crypto.randomUUID());
    expect((await lint()).reused).toBeUndefined();
    scratch.write("server.mjs", "// Something else.\n");
    scratch.commit("test: elsewhere");
    expect((await lint()).reused).toBe(true);
    scratch.write("part/this-run", crypto.randomUUID());
    scratch.commit("test: within");
    expect((await lint()).reused).toBeUndefined();
  });

  it("security is not checked where nobody answers, and asks anew each time", async () => {
    scratch.write(".npmrc", "registry=http://127.0.0.1:9/\nfetch-retries=0\n");
    scratch.write(
      "package.json",
      JSON.stringify({ name: "tiny", version: "1.0.0", dependencies: { a: "1.0.0" } }),
    );
    scratch.write(
      "package-lock.json",
      JSON.stringify({
        name: "tiny",
        version: "1.0.0",
        lockfileVersion: 3,
        packages: {
          "": { name: "tiny", version: "1.0.0", dependencies: { a: "1.0.0" } },
          "node_modules/a": { version: "1.0.0" },
        },
      }),
    );
    scratch.write(
      "gantry.yaml",
      `security: {}\ncomponents: { app: { path: ., toolchain: npm } }\nimages: { node: "${nodeImage}" }\n`,
    );
    for (const _ of ["first", "second"]) {
      const called = await dagger(scratch, ["security"]);
      expect(called.all).toMatch(/verdict: unknown \(exit code 3\)/);
      const { run } = await latest();
      expect(step(run, "security", "app/audit")).toMatchObject({ outcome: "not-checked" });
      expect(step(run, "security", "app/audit").reused).toBeUndefined();
    }
  });
});

function step(run: Run, stage: string, id: string): StepRun {
  const found = run.stages
    .find((other) => other.id === stage)
    ?.steps.find((other) => other.id === id);
  if (!found) throw new Error(`${stage} has no ${id}`);
  return found;
}

function textsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

function formsOf(value: string): string[] {
  const base64 = Buffer.from(value).toString("base64");
  return [
    value,
    base64.slice(0, -4),
    encodeURIComponent(value),
    Buffer.from(`x${value}`).toString("base64").slice(4, -4),
  ];
}
