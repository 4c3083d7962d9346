import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Run } from "../../src/execute/run.ts";
import { createTiny, gantry, type Scratch, stageOf } from "./scratch.ts";

const server = `
import { createServer } from "node:http";
createServer((request, response) => {
  if (request.url === "/end") process.exit(7);
  response.end(request.url === "/health" ? "well" : "<title>Shop</title>");
}).listen(Number(process.env.PORT), "127.0.0.1");
`;

const suite = `
const { BASE_URL, DEPLOYED_URL, PLAYWRIGHT_TEST_BASE_URL } = process.env;
if (BASE_URL !== DEPLOYED_URL || BASE_URL !== PLAYWRIGHT_TEST_BASE_URL) process.exit(4);
const page = await fetch(BASE_URL + process.argv[2]).then((answer) => answer.text());
console.log("met", page);
process.exit(page.includes("Shop") ? 0 : 5);
`;

let scratch: Scratch | undefined;
afterEach(() => scratch?.remove());

interface Wanted {
  readonly suite?: Record<string, unknown>;
  readonly image?: Record<string, unknown>;
  readonly program?: string;
}

async function run(path: string, { suite: more, image, program = server }: Wanted = {}) {
  const e2e = { run: `node suite.mjs ${path}`, ...more };
  const tiny = { path: ".", toolchain: "npm", start: "node server.mjs", tests: { e2e } };
  scratch = await createTiny(
    {},
    { "server.mjs": program, "suite.mjs": suite, Dockerfile: "FROM scratch\n" },
    { components: { tiny }, image: image ?? { health: "/health", startup: "20s" } },
  );
  const args = ["run", "e2e-tests", "--skip", "smoke-tests", "-C", scratch.folder, "--json"];
  const { exit, stdout } = await gantry([...args, "--on", "host"]);
  const stage = stageOf(JSON.parse(stdout) as Run, "e2e-tests");
  const step = stage.steps.find(({ id }) => id === "tiny/e2e");
  return { exit, stage, step, folder: join(scratch.folder, ".gantry", "runs", "latest") };
}

describe("e2e-tests without an engine", { timeout: 120_000 }, () => {
  it("start the application as a process, tell the suite its address, and end it", async () => {
    const { exit, stage, step, folder } = await run("/");
    expect(stage).toMatchObject({ outcome: "passed", notChecked: ["image"], blocking: false });
    expect(exit).toBe(0);
    const log = await readFile(join(folder, String(step?.log)), "utf8");
    expect(log).toContain("met <title>Shop</title>");
  });

  it("wait for its port where no health path is named", async () => {
    const slow = server.replace(
      "createServer((",
      "await new Promise((go) => setTimeout(go, 700));\ncreateServer((",
    );
    const { stage } = await run("/", { image: { startup: "20s" }, program: slow });
    expect(stage.steps.map(({ id }) => id)).not.toContain("health");
    expect(stage.outcome).toBe("passed");
  });

  it("are shown as failed, and do not hold up the verdict", async () => {
    const { exit, stage, step } = await run("/health");
    expect(stage.outcome).toBe("failed");
    expect(step).toMatchObject({ outcome: "failed", exit: 5 });
    expect(exit).not.toBe(1);
  });

  it("block where that is asked for, and say that the application has ended", async () => {
    const { exit, step } = await run("/end", { suite: { blocking: true } });
    expect(exit).toBe(1);
    expect(step).toMatchObject({
      outcome: "failed",
      explanation: { message: "the application ended with exit code 7" },
    });
    expect(step?.tail).toContain("the application's last words");
  });
});
