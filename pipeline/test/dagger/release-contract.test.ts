import { connect } from "@dagger.io/dagger";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runRelease } from "../../src/dagger/functions.ts";
import type { ReleaseRequest } from "../../src/dagger/release/request.ts";
import type { StepRun } from "../../src/execute/run.ts";
import type { ReleaseEnd, ReleaseSpec } from "../../src/release/contained.ts";
import { type Answers, type FakeEngine, startFakeEngine, type Thing } from "./fake-engine.ts";
import { commandOf, historyOf } from "./layers.ts";
import { answersFor, type Repository } from "./repository.ts";

/** Every query of a release validates against the engine's schema. */

const repository: Repository = {
  "package.json": JSON.stringify({ name: "app", scripts: {} }),
  "gantry.yaml": `
name: app
release: { sync: work }
notify: { slack: SLACK_WEBHOOK_URL }
`,
};

const step: StepRun = {
  id: "v1.1.0/tag",
  title: "tag v1.1.0",
  kind: "procedure",
  outcome: "passed",
  blocking: true,
  seconds: 0,
  findings: [],
};
const done: ReleaseEnd = { kind: "ended", steps: [step], lines: ["v1.1.0 is released"] };
const undone: ReleaseEnd = {
  kind: "ended",
  steps: [{ ...step, outcome: "error", explanation: { message: "no answer", mend: "again" } }],
  lines: ["v1.1.0 is not finished: tag v1.1.0"],
};

let engine: FakeEngine | undefined;
afterEach(async () => {
  await engine?.close();
  vi.unstubAllEnvs();
});

async function release(end: unknown, given: Partial<ReleaseRequest> = {}): Promise<string> {
  const answers: Answers = (thing, call) => {
    if (call.field !== "contents") return undefined;
    const path = String(thing.calls.at(-1)?.args.path);
    return path.endsWith("act.json") ? JSON.stringify(end) : undefined;
  };
  const started = await startFakeEngine(answersFor(repository, answers));
  engine = started;
  vi.stubEnv("DAGGER_SESSION_PORT", String(started.port));
  vi.stubEnv("DAGGER_SESSION_TOKEN", "test");
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  let text = "";
  await connect(async (dag) => {
    text = await runRelease({
      dag,
      source: dag.host().directory("/fixture"),
      repository: dag.host().directory("/fixture").asGit(),
      procedures: dag.currentModule().source().file("core/procedures.js"),
      scratch: { write: async () => undefined, folder: () => dag.currentModule().workdir("run") },
      githubRepository: "own/app",
      branch: "main",
      secrets: ["RAILWAY_TOKEN", "GITHUB_TOKEN", "SLACK_WEBHOOK_URL"].map((name) =>
        dag.secret(`env://${name}`),
      ),
      ...given,
      ...(given.state && { state: dag.host().file("/fixture/state.json") }),
    });
  });
  return text;
}

function callsOf(program: RegExp): ReturnType<typeof historyOf> {
  const found = engine?.asked.find(({ calls }) =>
    calls.some((call) => call.field === "withExec" && program.test(commandOf(call).join(" "))),
  );
  return found ? historyOf(found) : [];
}

const contained = () => callsOf(/^node \/gantry\/procedures\.js release/);

function spec(): ReleaseSpec {
  const file = contained().findLast(({ field }) => field === "withNewFile");
  return JSON.parse(String(file?.args.contents)) as ReleaseSpec;
}

/** The ref whose history was laid into the container, by its name. */
function released(): unknown {
  const laid = contained().findLast(({ args }) => args.path === "/src/.git");
  const { calls = [] } = (laid?.args.source as Thing | undefined) ?? {};
  const tree = calls.find(({ field }) => field === "tree");
  expect(tree?.args).toMatchObject({ depth: 0, includeTags: true });
  return calls.find(({ field }) => field === "ref")?.args.name ?? "HEAD";
}

function isKept(): boolean {
  const calls = engine?.asked.flatMap((thing) => thing.calls) ?? [];
  return calls.some(({ field, args }) => field === "withMountedCache" && args.path === "/runs");
}

describe("release", () => {
  it("makes only queries that the schema knows, and says first what came of it", async () => {
    const text = await release(done);
    expect(engine?.refused).toEqual([]);
    expect(text).toMatch(/^verdict: passed \(exit code 0\)\nv1\.1\.0 is released\n {2}report: /);
    expect(released()).toBe("HEAD");
    expect(spec()).toMatchObject({
      act: "publish",
      dryRun: false,
      branch: "main",
      main: "main",
      written: { file: "gantry.yaml", text: repository["gantry.yaml"] },
      variables: { GITHUB_REPOSITORY: "own/app" },
    });
  });

  it("gives the procedure GitHub's token and who is told, in no query, and no others", async () => {
    await release(done);
    const secrets = contained().flatMap((call) =>
      call.field === "withSecretVariable" ? [call.args.name] : [],
    );
    expect(secrets).toEqual(["GITHUB_TOKEN", "SLACK_WEBHOOK_URL"]);
    expect(engine?.queries.join("\n")).not.toContain("s3cret-value");
  });

  it("never asks for the same layer twice, also under one run's name", async () => {
    const once = (): unknown =>
      contained().findLast(({ args }) => args.name === "GANTRY_ONCE")?.args.value;
    await release(done, { runId: "7", attempt: 2 });
    const first = once();
    await engine?.close();
    await release(done, { runId: "7", attempt: 2 });
    expect(first).toMatch(/^7\/2\//);
    expect(once()).not.toBe(first);
  });

  it("keeps the run, as a stage of its own", async () => {
    await release(done, { runId: "7" });
    expect(isKept()).toBe(true);
  });

  it("lays the state in as a file, and names servers of one's own", async () => {
    const state = {} as NonNullable<ReleaseRequest["state"]>;
    await release(done, { state, githubUrl: "https://ghe.example/api/v3", component: "api" });
    expect(engine?.refused).toEqual([]);
    expect(spec()).toMatchObject({
      state: "/gantry/state.json",
      component: "api",
      variables: {
        GITHUB_API_URL: "https://ghe.example/api/v3",
        GITHUB_SERVER_URL: "https://ghe.example",
      },
    });
    expect(contained()).toContainEqual(
      expect.objectContaining({
        field: "withMountedFile",
        args: expect.objectContaining({ path: "/gantry/state.json" }),
      }),
    );
  });

  it("takes the pull request's commits from the branch that gathers them", async () => {
    await release(done, { pr: true });
    expect(engine?.refused).toEqual([]);
    expect(spec()).toMatchObject({ act: "pull-request", branch: "work", main: "main" });
    expect(released()).toBe("refs/remotes/origin/work");
  });

  it("answers a dry run with the document alone, and keeps no run", async () => {
    const document = '{ "version": "1.1.0" }\n';
    expect(await release({ kind: "planned", document }, { dryRun: true })).toBe(document);
    expect(spec().dryRun).toBe(true);
    expect(isKept()).toBe(false);
  });

  it("is an error with the verdict first where a step is not done", async () => {
    await expect(release(undone)).rejects.toThrow(
      /^verdict: unknown \(exit code 3\)\nv1\.1\.0 is not finished/,
    );
  });

  it("says the procedure's own problems with their codes, and what left no result", async () => {
    const problem = { code: "GANTRY-RELEASE-SHALLOW", message: "shallow", mend: "fetch" };
    const refused = release({ kind: "problems", problems: [problem] });
    await expect(refused).rejects.toThrow(/exit code 2[\s\S]*shallow[\s\S]*GANTRY-RELEASE-SHALLOW/);
    await engine?.close();
    const broken = release({ kind: "something else" });
    await expect(broken).rejects.toThrow(/exit code 3[\s\S]*left no result/);
  });
});
