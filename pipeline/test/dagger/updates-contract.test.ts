import { connect } from "@dagger.io/dagger";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Client } from "../../src/dagger/client.ts";
import { runProposal, runUpdates } from "../../src/dagger/updates/functions.ts";
import type { ProposeRequest } from "../../src/dagger/updates/request.ts";
import type { ProposeEnd, ProposeSpec } from "../../src/dependencies/contained.ts";
import type { UpdateReport } from "../../src/dependencies/report/report.ts";
import { type Answers, type FakeEngine, startFakeEngine, type Thing } from "./fake-engine.ts";
import { commandOf, historyOf } from "./layers.ts";
import { answersFor, type Repository } from "./repository.ts";

/** Every query of the updates validates against the engine's schema. */

const lock = (version: string): string => `version = 1
[[package]]
name = "own"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "alpha" }]
[[package]]
name = "alpha"
version = "${version}"
source = { registry = "https://pypi.org/simple" }
`;

const repository: Repository = {
  "pyproject.toml": '[project]\nname = "own"\nversion = "1"\ndependencies = ["alpha"]\n',
  "uv.lock": lock("1.0"),
  "check.py": "",
  "gantry.yaml": `
name: app
secrets: { SUITE_KEY: {}, GITHUB_TOKEN: { optional: true } }
components:
  back:
    path: .
    toolchain: uv
    tests: { unit: { run: python check.py, secrets: [GITHUB_TOKEN, SUITE_KEY], coverage: { minimum: 0 } } }
`,
};

const ready: ProposeEnd = { kind: "ready" };
const kept: ProposeEnd = {
  kind: "kept",
  standing: { action: "created", number: 7, url: "https://github.test/pull/7" },
};

let engine: FakeEngine | undefined;
const errors: string[] = [];
const written = new Map<string, string>();
afterEach(async () => {
  await engine?.close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  errors.length = 0;
});

interface World {
  /** What the package manager leaves. */
  readonly after?: string;
  /** What the containers with the token leave, one after the other. */
  readonly ends?: readonly unknown[];
  /** The exit code of the tests. */
  readonly tests?: number;
}

async function inEngine(
  { after = lock("1.1"), ends = [ready, kept], tests = 0 }: World,
  work: (dag: Client) => Promise<void>,
): Promise<void> {
  const left = [...ends];
  const answers: Answers = (thing, call) => {
    if (call.field !== "contents") return undefined;
    const path = String(thing.calls.at(-1)?.args.path);
    if (path === "/src/uv.lock") return after;
    if (path.endsWith("act.json")) return JSON.stringify(left.shift());
    if (path === "/gantry/facts.json") {
      return JSON.stringify([{ lock: "uv.lock", name: "alpha", notes: "https://alpha.test/" }]);
    }
    const tested = thing.calls.some(
      (one) => one.field === "withExec" && commandOf(one).includes("check.py"),
    );
    if (path === "end" && tested && tests !== 0) {
      const key = thing.calls.findLast(({ field }) => field === "withVolatileVariable");
      return `${tests} 1 ${String(key?.args.value)}\n`;
    }
    return undefined;
  };
  const started = await startFakeEngine(answersFor(repository, answers));
  engine = started;
  vi.stubEnv("DAGGER_SESSION_PORT", String(started.port));
  vi.stubEnv("DAGGER_SESSION_TOKEN", "test");
  vi.spyOn(console, "error").mockImplementation((text) => void errors.push(String(text)));
  await connect(work);
}

function requestOf(dag: Client, given: Partial<ProposeRequest> = {}): ProposeRequest {
  const source = dag.host().directory("/fixture");
  return {
    dag,
    source,
    repository: source.asGit(),
    procedures: dag.currentModule().source().file("core/procedures.js"),
    scratch: {
      write: async (path, text) => void written.set(path, text),
      folder: () => dag.currentModule().workdir("run"),
    },
    secrets: ["GITHUB_TOKEN", "GANTRY_APP_TOKEN", "SUITE_KEY"].map((name) =>
      dag.secret(`env://${name}`),
    ),
    githubRepository: "own/app",
    ...given,
  };
}

async function update(world: World = {}): Promise<Thing | undefined> {
  await inEngine(world, async (dag) => {
    await (await runUpdates(requestOf(dag))).isEmpty();
  });
  return engine?.asked.find(({ calls }) => calls.some(({ field }) => field === "changes"));
}

async function propose(world: World = {}, given: Partial<ProposeRequest> = {}): Promise<string> {
  let text = "";
  await inEngine(world, async (dag) => {
    text = await runProposal(requestOf(dag, given));
  });
  return text;
}

/** The containers in which a program was run. */
function containersOf(program: RegExp): ReturnType<typeof historyOf>[] {
  const ran = (thing: Thing): boolean =>
    historyOf(thing).some(
      (call) => call.field === "withExec" && program.test(commandOf(call).join(" ")),
    );
  return (engine?.asked ?? []).filter(ran).map(historyOf);
}

const secretsIn = (calls: ReturnType<typeof historyOf>): unknown[] =>
  calls.flatMap(({ field, args }) => (field === "withSecretVariable" ? [args.name] : []));

const testing = () => containersOf(/check\.py/);
const proposing = () => containersOf(/procedures\.js propose-updates/);

describe("update-dependencies", () => {
  it("is a change of the given source, and names what came in the log", async () => {
    const change = await update();
    expect(engine?.refused).toEqual([]);
    const laid = change?.calls.findLast(({ field }) => field === "withFile");
    expect(laid?.args.path).toBe("uv.lock");
    expect(errors.join("\n")).toMatch(/verdict: updated \(exit code 0\)[\s\S]*alpha +1\.0 +1\.1/);
    expect(errors.join("\n")).toContain("https://alpha.test/");
  });

  it("asks registries anew on every call, with a lock that travels in no query", async () => {
    await update();
    const [locking = []] = containersOf(/^uv lock --upgrade --refresh/);
    expect(locking.some(({ args }) => args.name === "GANTRY_ONCE")).toBe(true);
    expect(engine?.queries.join("\n")).not.toContain('version = \\"1.1\\"');
  });

  it("is an empty change where nothing is newer", async () => {
    const change = await update({ after: lock("1.0") });
    expect(change?.calls.some(({ field }) => field === "withFile")).toBe(false);
    expect(errors.join("\n")).toContain("up to date");
  });

  it("is an error with the reason where nothing goes through", async () => {
    await expect(update({ tests: 1 })).rejects.toThrow(
      /^verdict: base-red \(exit code 1\)[\s\S]*unit tests/,
    );
  });
});

describe("propose-updates", () => {
  it("says what it found and what became of the request", async () => {
    const text = await propose();
    expect(engine?.refused).toEqual([]);
    expect(text).toMatch(/^verdict: updated \(exit code 0\)\n/);
    expect(text).toMatch(/pull request: created https:\/\/github\.test\/pull\/7\n$/);
    const report = JSON.parse(written.get("updates.json") ?? "{}") as UpdateReport;
    expect(report.files).toEqual([{ path: "uv.lock", content: lock("1.1") }]);
  });

  it("lets tests and token never meet, even where a suite asks for the token by name", async () => {
    await expect(propose({ tests: 1 })).rejects.toThrow();
    expect(testing().length).toBeGreaterThan(0);
    for (const calls of testing()) expect(secretsIn(calls)).toEqual(["SUITE_KEY"]);
    for (const calls of proposing()) {
      expect(secretsIn(calls)).toEqual(["GITHUB_TOKEN", "GANTRY_APP_TOKEN"]);
      expect(calls.some(({ args }) => String(args.path).startsWith("/src"))).toBe(false);
    }
    expect(engine?.queries.join("\n")).not.toContain("s3cret-value");
  });

  it("looks before it tries anything, and stops where the base is another", async () => {
    const problem = { code: "GANTRY-UPDATES-BASE", message: "behind", mend: "fetch" };
    const refused = propose({ ends: [{ kind: "problems", problems: [problem] }] });
    await expect(refused).rejects.toThrow(/exit code 2[\s\S]*behind[\s\S]*GANTRY-UPDATES-BASE/);
    expect(testing()).toEqual([]);
  });

  it("starts from the base branch, and tells the container where GitHub is", async () => {
    await propose({}, { githubUrl: "https://ghe.example/api/v3" });
    const file = proposing()[0]?.findLast(({ field }) => field === "withNewFile");
    const spec = JSON.parse(String(file?.args.contents)) as ProposeSpec;
    expect(spec).toMatchObject({
      base: { branch: "develop", commit: "c0ffee".padEnd(40, "0") },
      variables: { GITHUB_REPOSITORY: "own/app", GITHUB_API_URL: "https://ghe.example/api/v3" },
    });
    expect(spec.report).toBeUndefined();
  });

  it("asks GitHub nothing with --dry-run", async () => {
    expect(await propose({}, { dryRun: true })).not.toContain("pull request:");
    expect(proposing()).toEqual([]);
  });

  it("is an error where its container left nothing", async () => {
    await expect(propose({ ends: ["?"] })).rejects.toThrow(/exit code 3[\s\S]*left no result/);
  });
});
