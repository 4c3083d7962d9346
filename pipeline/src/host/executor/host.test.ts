import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planned, plannedStep } from "../../../test/builders/plan.ts";
import { scratchFolder, scratchRepository, snapshot } from "../../../test/builders/repository.ts";
import { samplePlan } from "../../../test/builders/run.ts";
import { execute } from "../../execute/execute.ts";
import type { Run } from "../../execute/run.ts";
import type { Plan, Stage } from "../../plan/plan.ts";
import type { ExecStep, Step } from "../../plan/step.ts";
import { readSource } from "../source/source.ts";
import { createHostExecutor } from "./host.ts";

interface Done {
  readonly run: Run;
  readonly folder: string;
  readonly output: (step: string) => string;
  readonly step: (id: string) => Run["stages"][0]["steps"][0] | undefined;
}

/** Runs steps for real, as processes of this machine, in a scratch repository. */
async function runSteps(
  steps: Step[],
  {
    root = "",
    secrets = {},
    machine = {},
    stage = {},
  }: {
    root?: string;
    secrets?: Record<string, string>;
    machine?: Record<string, string>;
    stage?: Partial<Stage>;
  } = {},
): Promise<Done> {
  const repository = root || (await scratchRepository({ "a.py": "1" })).root;
  const source = await readSource(repository);
  if (!source.ok) throw new Error(JSON.stringify(source.problems));
  const folder = await scratchFolder();
  const plan: Plan = samplePlan({
    toolchains: { backend: { kind: "node", tools: {} } },
    stages: [planned("unit-tests", { steps, ...stage })],
  });
  const executor = await createHostExecutor({
    plan,
    source: source.value,
    runId: `test-${process.pid}`,
    runFolder: folder,
    home: await scratchFolder(),
    machine: { PATH: process.env.PATH, DOCKER_HOST: "unix:///nonexistent.sock", ...machine },
  });
  const logs = new Map<string, string>();
  const run = await execute({
    plan,
    executor,
    id: "run-1",
    startedAt: "2026-11-23T09:30:00Z",
    now: () => performance.now(),
    listener: () => undefined,
    signal: new AbortController().signal,
    secret: (name) => secrets[name],
    log: async (_stage, step, text) => void logs.set(step, (logs.get(step) ?? "") + text),
    files: [],
  });
  await executor.close();
  return {
    run,
    folder,
    output: (step) => logs.get(step) ?? "",
    step: (id) => run.stages[0]?.steps.find((other) => other.id === id),
  };
}

const sh = (id: string, script: string, more: Partial<ExecStep> = {}): ExecStep =>
  plannedStep(id, { argv: ["sh", "-euc", script], workspace: "main", ...more });

test("steps work on a copy: the user's tree stays as it is", async () => {
  const { root } = await scratchRepository({ "a.py": "1", "sub/b.py": "1" });
  const before = await snapshot(root, [".gantry"]);
  const done = await runSteps([sh("write", "echo 2 > a.py; rm -r sub; touch new; cat a.py")], {
    root,
  });
  expect(done.run.verdict).toBe("passed");
  expect(done.output("write")).toBe("2\n");
  expect(await snapshot(root, [".gantry"])).toEqual(before);
});

test("steps of one workspace see each other's files, others do not", async () => {
  const done = await runSteps([
    sh("make", "touch made"),
    sh("see", "ls", { needs: ["make"] }),
    sh("apart", "ls", { needs: ["make"], workspace: "other" }),
  ]);
  expect(done.output("see")).toContain("made");
  expect(done.output("apart")).not.toContain("made");
});

test("a secret of the machine reaches no step; one that is named reaches its step alone", async () => {
  const done = await runSteps(
    [sh("named", 'printf %s "$KEY" | wc -c; env', { secrets: ["KEY"] }), sh("other", "env")],
    {
      secrets: { KEY: "gsk-1234567890" },
      machine: { KEY: "gsk-1234567890", RAILWAY_TOKEN: "railway-token-1" },
    },
  );
  expect(done.output("named")).toContain("14\n");
  expect(done.output("named")).toContain("KEY=***");
  expect(done.output("other")).not.toContain("KEY");
  expect(JSON.stringify([done.run, done.output("named"), done.output("other")])).not.toMatch(
    /gsk-1234567890|railway-token-1/,
  );
});

test("reports are collected, and secrets masked in the files as well", async () => {
  const xml =
    '<testsuite><testcase classname="c" name="t"><failure message="KEY">KEY</failure></testcase></testsuite>';
  const leaves: ExecStep["leaves"] = [
    { format: "junit", path: "{reports}/junit.xml", artifact: "junit.xml" },
    { format: "folder", path: "{reports}/html", artifact: "html" },
    { format: "file", path: "own.txt", artifact: "own.txt" },
  ];
  const script = `
    mkdir -p "$1/html"; echo "$2" | sed "s/KEY/$KEY/g" > "$1/junit.xml"
    printf '\\377%s\\n' "$KEY" > "$1/html/page.bin"; echo "$KEY" > own.txt; exit 1`;
  const step = sh("tests", script, { secrets: ["KEY"], tests: true, leaves });
  const done = await runSteps([{ ...step, argv: ["sh", "-euc", script, "sh", "{reports}", xml] }], {
    secrets: { KEY: "gsk-1234567890" },
  });
  expect(done.step("tests")).toMatchObject({
    outcome: "failed",
    tests: { failed: 1, failures: [{ message: "***" }] },
  });
  const left = await snapshot(join(done.folder, "artifacts"));
  expect(
    Object.keys(left)
      .map((path) => path.split("/").at(-1))
      .sort(),
  ).toEqual(["junit.xml", "own.txt", "page.bin"]);
  expect(JSON.stringify(left)).not.toContain("gsk-");
  expect(Object.values(left).join()).toContain("\u00ff***");
});

test("a report that was not left is an error, and one of an earlier run is not taken for it", async () => {
  const { root } = await scratchRepository({ "a.py": "1" });
  const leaves: ExecStep["leaves"] = [
    { format: "junit", path: "junit.xml", artifact: "junit.xml" },
  ];
  const xml = '<testsuite><testcase classname="c" name="t"/></testsuite>';
  const first = await runSteps(
    [sh("tests", `echo '${xml}' > junit.xml`, { tests: true, leaves })],
    { root },
  );
  expect(first.run.verdict).toBe("passed");
  const second = await runSteps([sh("tests", "true", { tests: true, leaves })], { root });
  expect(second.step("tests")?.outcome).toBe("error");
});

test("an install whose inputs are the same is not made again; with others it is", async () => {
  const { root, write } = await scratchRepository({ "lock.json": "1" });
  const install = sh("install", "mkdir -p deps; cat lock.json > deps/x", {
    prepares: { trees: ["deps"], movable: false },
    inputs: { include: ["lock.json"], history: false },
  });
  const steps = [install, sh("use", "cat deps/x", { needs: ["install"] })];
  expect((await runSteps(steps, { root })).step("install")?.reused).toBeUndefined();
  const again = await runSteps(steps, { root });
  expect(again.step("install")?.reused).toBe(true);
  expect(again.output("use")).toBe("1");
  await write("lock.json", "2");
  const changed = await runSteps(steps, { root });
  expect(changed.step("install")?.reused).toBeUndefined();
  expect(changed.output("use")).toBe("2");
});

test("in a copy of the repository, what works in its own place only is made again", async () => {
  for (const movable of [false, true]) {
    const { root } = await scratchRepository({ "lock.json": "1" });
    const install = sh("install", "mkdir -p deps; pwd > deps/place", {
      prepares: { trees: ["deps"], movable },
      inputs: { include: ["lock.json"], history: false },
    });
    const steps = [install, sh("use", "cat deps/place", { needs: ["install"] })];
    const there = await runSteps(steps, { root });
    const copy = join(await scratchFolder(), "copy");
    await cp(root, copy, { recursive: true });
    const here = await runSteps(steps, { root: copy });
    expect(here.step("install")?.reused).toBe(movable ? true : undefined);
    expect(here.output("use") === there.output("use")).toBe(movable);
  }
});

test("an install that failed is made again", async () => {
  const { root, write } = await scratchRepository({ "lock.json": "1" });
  const inputs = { include: ["lock.json"], history: false };
  const prepares = { trees: ["deps"], movable: false };
  const broken = sh("install", "mkdir -p deps; exit 1", { prepares, inputs });
  expect((await runSteps([broken], { root })).run.verdict).toBe("failed");
  await write("unrelated", "2");
  expect((await runSteps([broken], { root })).step("install")).toMatchObject({ outcome: "failed" });
});

test("an application is started as a process, probed, and ended with its stage", async () => {
  const server = `
    const { createServer } = require("node:http");
    require("node:fs").writeFileSync("pid", String(process.pid));
    createServer((_, r) => r.setHeader("content-type", "application/json").end("{}")).listen(process.env.PORT);`;
  const { root } = await scratchRepository({ "server.cjs": server });
  const common = { blocking: true, timeoutSeconds: 30 };
  const done = await runSteps(
    [
      sh("install", "true"),
      {
        ...common,
        kind: "serve",
        id: "start",
        title: "start",
        needs: ["install"],
        port: 8080,
        env: {},
        serves: "application",
        process: {
          argv: ["node", "server.cjs"],
          directory: ".",
          path: [],
          toolchain: "backend",
          after: "install",
          workspace: "main",
        },
      },
      {
        ...common,
        kind: "probe",
        id: "health",
        title: "health",
        needs: ["start"],
        target: "application",
        requests: [{ path: "/", method: "GET", status: 200 }],
        withinSeconds: 30,
        consecutive: 2,
        intervalSeconds: 0.05,
      },
    ],
    { root },
  );
  expect(done.run.verdict).toBe("passed");
  expect(done.step("health")?.measures).toHaveProperty("startupSeconds");
  const pid = Number(await readFile(join(root, ".gantry/work/unit-tests/pid"), "utf8"));
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

test("an application that ends at once is red, with its last words in the log", async () => {
  const common = { blocking: true, timeoutSeconds: 30 };
  const done = await runSteps([
    sh("install", "true"),
    {
      ...common,
      kind: "serve",
      id: "start",
      title: "start",
      needs: ["install"],
      port: 8080,
      env: {},
      serves: "application",
      process: {
        argv: ["sh", "-c", "echo no database; exit 4"],
        directory: ".",
        path: [],
        toolchain: "backend",
        after: "install",
        workspace: "main",
      },
    },
    {
      ...common,
      kind: "probe",
      id: "health",
      title: "health",
      needs: ["start"],
      target: "application",
      requests: [{ path: "/", method: "GET", status: 200 }],
      withinSeconds: 30,
      consecutive: 1,
      intervalSeconds: 0.05,
    },
  ]);
  const words = `${done.output("start")}${done.output("health")}`;
  expect(words).toContain("no database");
  expect(JSON.stringify(done.run.stages)).toContain("exit code 4");
  expect(done.run.verdict).toBe("failed");
});

test("without Docker an image is not checked, and a service is named", async () => {
  const { root } = await scratchRepository({ Dockerfile: "FROM scratch\n" });
  await mkdir(join(root, "x"));
  await writeFile(join(root, "x", "y"), "");
  const { plannedImage } = await import("../../../test/builders/plan.ts");
  const done = await runSteps([plannedImage()], { root });
  expect(done.step("image")).toMatchObject({ outcome: "not-checked" });
  expect(done.step("image")?.explanation?.mend).toContain("Docker");
  expect(done.run).toMatchObject({ verdict: "unknown", exit: 3 });
});
