import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import type { Survey } from "../../src/config/survey.ts";
import type { Run } from "../../src/execute/run.ts";
import {
  type CommentEnd,
  type CommentSpec,
  type JudgedEnd,
  type ProtectSpec,
  readCommentEnd,
  readJudgedEnd,
  type SecretsSpec,
} from "../../src/github/contained.ts";
import { checkSecretsFromContainer } from "../../src/procedures/github/check-secrets.ts";
import { commentFromContainer } from "../../src/procedures/github/comment.ts";
import { protectFromContainer } from "../../src/procedures/github/protect.ts";
import { baseArtifact } from "../builders/base-artifact.ts";
import { type Repository, scratchRepository } from "../builders/repository.ts";
import { coverage, samplePlan, sampleTrigger } from "../builders/run.ts";
import { greenRun, redRun } from "../builders/sample-runs.ts";
import { unitTests } from "../builders/stages.ts";
import { say } from "../builders/terminal.ts";
import { eachWithGithub } from "../github/stand-in-world.ts";
import { addIssue } from "../stand-ins/github/world/issues.ts";
import { addSetting } from "../stand-ins/github/world/settings.ts";
import { addRun } from "../stand-ins/github/world/workflow-runs.ts";

const written = `components:
  tiny: { path: ., toolchain: npm, quality: { lint: node --check a.js }, tests: { unit: { run: node --test, secrets: [API_KEY] } } }
branches:
  main: { checks: { required: [code-quality, unit-tests] } }
`;

/** What a container is told: a spec goes in as a file, an end comes out as one. */
describe("asking GitHub in a container", { timeout: 60_000 }, () => {
  const world = eachWithGithub();
  let repository: Repository;
  beforeEach(async () => {
    repository = await scratchRepository({
      "gantry.yaml": written,
      "package.json": '{ "name": "tiny" }',
      ".gitignore": ".env\n",
      ".env.example": "API_KEY=\n",
    });
    token("write");
  });
  afterEach(() => void vi.unstubAllEnvs());

  type Who = "read" | "write" | "admin";
  const token = (who: Who | ""): void =>
    void vi.stubEnv("GITHUB_TOKEN", who && world().github.world.options.tokens[who]);
  const told = () => ({
    variables: {
      GITHUB_REPOSITORY: "octo/rose",
      GITHUB_API_URL: world().github.address,
    },
    root: repository.root,
    left: join(repository.root, "left/act.json"),
  });

  async function contained<Spec extends { readonly left: string }>(
    spec: Spec,
    run: (file: string) => Promise<void>,
  ): Promise<string> {
    await repository.write("spec.json", JSON.stringify(spec));
    await run(join(repository.root, "spec.json"));
    return readFile(spec.left, "utf8");
  }

  function config(): { config: ProtectedConfig; survey: Survey } {
    const survey: Survey = {
      name: "tiny",
      files: ["gantry.yaml", "package.json"],
      texts: new Map([["package.json", '{ "name": "tiny" }']]),
    };
    const loaded = loadConfig({ text: written, file: "gantry.yaml" }, survey);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return { config: loaded.value, survey };
  }
  type ProtectedConfig = SecretsSpec["config"];

  describe("about a comment", () => {
    function pull() {
      const issue = addIssue(world().github.world, {
        title: "feat: voice",
        labels: [],
        author: "ada",
        pull: undefined,
      });
      return { number: issue.number, bodies: () => issue.comments.map(({ body }) => body) };
    }
    async function comment(run: unknown, change: Partial<CommentSpec> = {}): Promise<CommentEnd> {
      await repository.write("run.json", JSON.stringify(run));
      const spec: CommentSpec = {
        ...told(),
        run: join(repository.root, "run.json"),
        dryRun: false,
        ...change,
      };
      const end = readCommentEnd(await contained(spec, commentFromContainer));
      if (!end) throw new Error("it left no end");
      return end;
    }
    const forNumber = (number: number): Run =>
      greenRun({
        id: "4711-2",
        plan: samplePlan({
          trigger: sampleTrigger({ pullRequest: { number, title: "feat: voice" } }),
        }),
      });

    it("is the very text of the command line, written once and then known again", async () => {
      const { number, bodies } = pull();
      const run = forNumber(number);
      addRun(world().github.world, {
        branch: "develop",
        sha: "d".repeat(40),
        artifacts: [baseArtifact(70)],
      });
      const first = await comment(run);
      expect(first).toMatchObject({ kind: "ended", said: { kind: "created" } });
      const host = await say(["comment", "run.json", "--dry-run"], {
        cwd: repository.root,
        env: { GITHUB_TOKEN: process.env.GITHUB_TOKEN, ...told().variables },
      });
      expect(bodies()).toEqual([host.stdout]);
      expect(bodies()[0]).toContain("(+5.2)");
      expect(await comment(run)).toMatchObject({ said: { kind: "unchanged" } });
      expect(bodies()).toHaveLength(1);
    });

    it("shows the lines that the change adds and no test runs, by git's history alone", async () => {
      await repository.write("a.py", "one\n");
      await repository.commit("feat: one");
      await repository.git("checkout", "--quiet", "-b", "feature/voice");
      await repository.write("a.py", "one\ntwo\n");
      await repository.commit("feat: two");
      const commit = await repository.git("rev-parse", "HEAD");
      const missing = [{ file: "a.py", lines: [1, 2], total: 2 }];
      const run = greenRun({
        plan: samplePlan({ trigger: sampleTrigger({ base: "main", commit }) }),
        stages: [{ ...unitTests(), coverage: coverage({ missing }), steps: [] }],
      });
      const end = await comment(run, { dryRun: true });
      expect(end).toMatchObject({
        said: { kind: "unsaid" },
        body: expect.stringContaining("1 line of this change that no test runs"),
      });
    });

    it("takes the number, the run and its address from what is known here, not from the file", async () => {
      const [own, other] = [pull(), pull()];
      await repository.write(
        "event.json",
        JSON.stringify({ pull_request: { number: own.number } }),
      );
      const run = { ...forNumber(other.number), url: "https://evil.example/actions/runs/4711" };
      const variables = {
        ...told().variables,
        GITHUB_EVENT_PATH: join(repository.root, "event.json"),
      };
      const runUrl = "https://github.com/octo/rose/actions/runs/4711";
      await comment(run, { variables, runId: "4711", runUrl });
      expect(other.bodies()).toEqual([]);
      expect(own.bodies()).toEqual([expect.stringContaining(`[the run](${runUrl})`)]);
      expect(own.bodies()[0]).not.toContain("evil.example");
    });

    it.each([
      ["an object of another form", {}, {}, "is no run"],
      ["a text", "{", {}, "is no run"],
      [
        "a later run",
        greenRun({ id: "999999999999" }),
        { runId: "4711" },
        "is that of another run",
      ],
      ["a laptop's run", greenRun({ id: "by-hand" }), { runId: "4711" }, "is that of another run"],
    ])("refuses %s before GitHub is asked", async (_, run, change, why) => {
      const end = await comment(run, { number: 1, ...change });
      expect(end).toMatchObject({
        kind: "problems",
        problems: [{ code: "GANTRY-RUN-NOT-FOUND", message: expect.stringContaining(why) }],
      });
      expect(world().github.requests).toEqual([]);
    });

    it.each(["read", ""] as const)("with the token %j loses no word", async (who) => {
      const { number, bodies } = pull();
      token(who);
      const plan = samplePlan({ trigger: sampleTrigger({ fork: true }) });
      const end = await comment(redRun({ plan }), { number });
      expect(end).toMatchObject({
        kind: "ended",
        said: { kind: "unsaid", reason: expect.stringMatching(/may only read|is not set/) },
        body: expect.stringContaining("## ✗ Failed: code-quality"),
      });
      expect(bodies()).toEqual([]);
    });

    it("masks the token, wherever it stands", async () => {
      const { write } = world().github.world.options.tokens;
      const end = await comment(greenRun({ warnings: [write] }), { dryRun: true });
      expect(JSON.stringify(end)).not.toContain(write);
      const broken = await comment(greenRun(), { run: join("/nowhere", write), number: 1 });
      expect(JSON.stringify(broken)).not.toContain(write);
    });
  });

  describe("about protection", () => {
    async function protect(change: Partial<ProtectSpec> = {}): Promise<JudgedEnd> {
      const { config: own, survey } = config();
      const project = { config: own, survey: { ...survey, texts: [...survey.texts] } };
      await repository.write("project.json", JSON.stringify(project));
      const spec: ProtectSpec = {
        ...told(),
        act: "check",
        project: join(repository.root, "project.json"),
        ...change,
      };
      const end = readJudgedEnd(await contained(spec, protectFromContainer));
      if (!end) throw new Error("it left no end");
      return end;
    }

    it("compares as the command line does, changes nothing, and mends when it is told to", async () => {
      token("admin");
      const end = await protect();
      const host = await say(["protect", "check"], {
        cwd: repository.root,
        env: {
          PATH: process.env.PATH,
          GITHUB_TOKEN: process.env.GITHUB_TOKEN,
          ...told().variables,
        },
      });
      expect(end).toEqual({ kind: "judged", exit: host.exit, text: host.stdout });
      expect(end).toMatchObject({ exit: 1, text: expect.stringContaining("+ enforceAdmins: yes") });
      expect(world().github.world.protections.size).toBe(0);
      expect(await protect({ act: "apply" })).toMatchObject({ exit: 0 });
      expect(await protect({ only: ["main"] })).toEqual({
        kind: "judged",
        exit: 0,
        text: "branches.main (classic): as wanted\n",
      });
    });

    it("says which branch nobody named, and which token may not do it", async () => {
      token("admin");
      expect(await protect({ only: ["other"] })).toMatchObject({
        problems: [{ code: "GANTRY-USAGE" }],
      });
      token("write");
      const refused = await protect({ act: "apply", only: ["main"] });
      expect(refused).toMatchObject({
        exit: 2,
        text: expect.stringContaining("GANTRY-GITHUB-PERMISSION"),
      });
      token("");
      expect(await protect()).toMatchObject({ problems: [{ code: "GANTRY-GITHUB-TOKEN" }] });
    });
  });

  describe("about secrets", () => {
    async function check(change: Partial<SecretsSpec> = {}): Promise<JudgedEnd> {
      const spec: SecretsSpec = {
        ...told(),
        config: config().config,
        trigger: sampleTrigger({ commit: await repository.git("rev-parse", "HEAD") }),
        workflow: {},
        given: [],
        today: "2027-01-31",
        ...change,
      };
      const end = readJudgedEnd(await contained(spec, checkSecretsFromContainer));
      if (!end) throw new Error("it left no end");
      return end;
    }

    it("names what is missing, and counts what was handed over and what a workflow says", async () => {
      token("");
      expect(await check()).toMatchObject({
        exit: 1,
        text: expect.stringContaining("✗ API_KEY  missing in this environment"),
      });
      expect(await check({ given: ["API_KEY"] })).toMatchObject({
        exit: 0,
        text: expect.stringContaining("✓ API_KEY  present in this environment"),
      });
      expect(await check({ given: ["API_KEY"], workflow: { API_KEY: false } })).toMatchObject({
        exit: 1,
        text: expect.stringContaining("missing as the workflow says"),
      });
    });

    it("asks GitHub for names, where the token may, and shows no value", async () => {
      const { github } = world();
      addSetting(github.world, "secrets", { name: "API_KEY", value: "nobody-sees-this" });
      const refused = await check();
      expect(refused).toMatchObject({
        exit: 1,
        text: expect.stringContaining("? github: not checked"),
      });
      token("admin");
      // The stand-in's secrets are set on the first days of its year.
      const listed = await check({ today: "2026-01-20" });
      expect(listed).toMatchObject({ exit: 0, text: expect.stringContaining("present on GitHub") });
      expect(JSON.stringify(listed)).not.toContain("nobody-sees-this");
    });

    it("sees whether .env is ignored, by git's history alone", async () => {
      token("");
      await repository.write(".gitignore", "");
      await repository.commit("fix: ignore nothing");
      expect(await check({ given: ["API_KEY"] })).toMatchObject({
        exit: 1,
        text: expect.stringContaining("✗ .gitignore"),
      });
    });
  });
});
