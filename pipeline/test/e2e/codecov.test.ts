import { createServer, type Server } from "node:http";
import { gunzipSync } from "node:zlib";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Run } from "../../src/execute/run.ts";
import { createTiny, gantry, type Scratch, stageOf } from "./scratch.ts";

const token = "codecov-token-0123456789";
const cobertura =
  '<?xml version="1.0" ?><coverage lines-valid="4" lines-covered="3" branches-valid="0" branches-covered="0" version="1"><sources><source>.</source></sources><packages><package name="."><classes><class name="app" filename="app.js"><lines><line number="1" hits="1"/><line number="2" hits="1"/><line number="3" hits="1"/><line number="4" hits="0"/></lines></class></classes></package></packages></coverage>';

/** A stand-in for vitest: leaves its reports where it is asked to. */
const vitest = `#!/usr/bin/env node
import { mkdirSync, writeFileSync } from "node:fs";
const option = (name) => process.argv.find((word) => word.startsWith(name + "="))?.slice(name.length + 1);
const folder = option("--coverage.reportsDirectory");
mkdirSync(folder, { recursive: true });
writeFileSync(folder + "/cobertura-coverage.xml", process.env.COBERTURA);
writeFileSync(option("--outputFile.junit"), '<testsuites><testsuite name="a" tests="1"><testcase name="one" classname="a" time="0.1"/></testsuite></testsuites>');
`;

describe("coverage upload with Codecov's own command", { timeout: 240_000 }, () => {
  let scratch: Scratch;
  let server: Server;
  let url = "";
  let answer = 200;
  const seen: { path: string; authorization: string | undefined; body: string }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const raw = Buffer.concat(chunks);
        const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw;
        const { authorization } = request.headers;
        seen.push({
          path: `${request.method} ${request.url}`,
          authorization,
          body: body.toString("latin1"),
        });
        response.writeHead(answer, { "content-type": "application/json" });
        response.end(JSON.stringify({ raw_upload_location: `${url}/storage`, url }));
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    scratch = await createTiny(
      { run: "npm test", coverage: { minimum: 50 }, env: { COBERTURA: cobertura } },
      {
        "package.json": JSON.stringify({
          name: "tiny",
          private: true,
          scripts: { test: "vitest run" },
          devDependencies: { vitest: "file:./fake", "@vitest/coverage-v8": "file:./coverage" },
        }),
        "fake/package.json":
          '{ "name": "vitest", "version": "5.0.0", "bin": { "vitest": "vitest.mjs" } }',
        "fake/vitest.mjs": vitest,
        "coverage/package.json": '{ "name": "@vitest/coverage-v8", "version": "5.0.0" }',
      },
      { codecov: { url } },
    );
    const remote = ["remote", "add", "origin", "https://github.com/owner/tiny.git"];
    await execa("git", remote, { cwd: scratch.folder });
  });
  afterAll(async () => {
    server.close();
    await scratch.remove();
  });

  it("hands over the report, the commit and the token", async () => {
    const end = await gantry(["ci", "-C", scratch.folder, "--json"], { CODECOV_TOKEN: token });
    const run = JSON.parse(end.stdout) as Run;
    const upload = stageOf(run, "unit-tests").steps.find(({ id }) => id === "coverage-upload");
    expect(upload?.outcome, end.stderr).toBe("passed");
    expect(seen.some(({ authorization }) => authorization === `token ${token}`)).toBe(true);
    expect(seen.some(({ path }) => path.includes(run.plan.trigger.commit))).toBe(true);
    expect(seen.some(({ path }) => path === "PUT /storage")).toBe(true);
    expect(JSON.stringify(run)).not.toContain(token);
  });

  it("is a warning when it fails, and nothing at all without a token", async () => {
    answer = 500;
    const failed = await gantry(["ci", "-C", scratch.folder, "--json"], { CODECOV_TOKEN: token });
    expect(failed.exit, failed.stderr).toBe(0);
    expect((JSON.parse(failed.stdout) as Run).warnings.join()).toContain("coverage upload");

    seen.length = 0;
    const without = await gantry(["ci", "-C", scratch.folder, "--json"], { CODECOV_TOKEN: "" });
    expect(without.exit).toBe(0);
    expect(seen).toEqual([]);
  });
});
