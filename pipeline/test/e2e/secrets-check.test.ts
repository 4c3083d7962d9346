import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { SecretRow } from "../../src/secrets/check-secrets.ts";
import { createTiny, gantry, type Scratch } from "./scratch.ts";

interface Told {
  readonly verdict: string;
  readonly secrets: readonly SecretRow[];
  readonly findings: readonly { readonly check: string }[];
  readonly notChecked: readonly { readonly check: string; readonly reason: string }[];
}

/** A GitHub that answers by path, and remembers what it was asked. */
async function github(answers: Record<string, { status: number; body: unknown }>) {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? "").replace(/\?.*/, "");
    asked.push(path);
    const { status, body } = answers[path] ?? { status: 404, body: { message: "Not Found" } };
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { server, asked, address: `http://127.0.0.1:${port}` };
}

const today = new Date();
const daysAgo = (days: number): string =>
  new Date(today.getTime() - days * 86_400_000).toISOString();

describe("gantry secrets check", { timeout: 60_000 }, () => {
  let scratch: Scratch;
  let server: Server | undefined;
  beforeAll(async () => {
    scratch = await createTiny(
      { run: "node --test", secrets: ["API_KEY"] },
      { ".gitignore": ".env\n.gantry/\n", ".env.example": "API_KEY=\nOLD_KEY=\n" },
      {
        environments: { production: { branch: "main", provider: "railway" } },
        secrets: {
          API_KEY: {},
          OLD_KEY: { optional: true, rotated: daysAgo(100).slice(0, 10) },
          RAILWAY_TOKEN: {},
        },
      },
    );
  });
  afterEach(() => server?.close());
  afterAll(() => scratch.remove());

  async function check(args: string[] = [], env: Record<string, string> = {}) {
    const words = ["secrets", "check", "-C", scratch.folder, "--json", ...args];
    const clean = { GITHUB_TOKEN: "", GITHUB_REPOSITORY: "", GITHUB_API_URL: "" };
    const end = await gantry(words, { ...clean, ...env });
    return { ...end, told: JSON.parse(end.stdout) as Told };
  }
  const row = (told: Told, name: string) => told.secrets.find((secret) => secret.name === name);

  it("is red with a required secret missing, and names it", async () => {
    const { exit, told } = await check();
    expect(exit).toBe(1);
    expect(row(told, "API_KEY")).toMatchObject({ state: "missing", where: ["unit tests of tiny"] });
    expect(row(told, "RAILWAY_TOKEN")).toMatchObject({ where: ["deploy to production"] });
  });

  it("is green with all that is required, however they are known, and shows no value", async () => {
    const { exit, told, stdout, stderr } = await check(["--present", "RAILWAY_TOKEN=true"], {
      API_KEY: "value-that-nobody-sees",
    });
    expect(told.verdict).toBe("passed");
    expect(exit).toBe(0);
    expect(stdout + stderr).not.toContain("value-that-nobody-sees");
  });

  it("is red with one that is there and too old", async () => {
    const present = "API_KEY=true,RAILWAY_TOKEN=true,OLD_KEY=true";
    const { exit, told } = await check(["--present", present]);
    expect(row(told, "OLD_KEY")?.age).toMatchObject({ state: "overdue", days: 100, limitDays: 90 });
    expect(exit).toBe(1);
  });

  it("asks GitHub for names and days, of its environments too", async () => {
    const stand = await github({
      "/repos/own/tiny/actions/secrets": {
        status: 200,
        body: {
          total_count: 1,
          secrets: [{ name: "API_KEY", created_at: daysAgo(20), updated_at: daysAgo(10) }],
        },
      },
      "/repos/own/tiny/environments/production/secrets": {
        status: 200,
        body: {
          total_count: 1,
          secrets: [{ name: "RAILWAY_TOKEN", created_at: daysAgo(200), updated_at: daysAgo(190) }],
        },
      },
    });
    server = stand.server;
    const { exit, told } = await check([], {
      GITHUB_TOKEN: "token",
      GITHUB_REPOSITORY: "own/tiny",
      GITHUB_API_URL: stand.address,
    });
    expect(row(told, "API_KEY")).toMatchObject({ source: "github", age: { days: 10 } });
    expect(row(told, "RAILWAY_TOKEN")).toMatchObject({ age: { state: "overdue", limitDays: 180 } });
    expect(exit).toBe(1);
  });

  it("says it where the token may not ask, and goes by what is set here", async () => {
    const body = { message: "Resource not accessible by integration" };
    const stand = await github({ "/repos/own/tiny/actions/secrets": { status: 403, body } });
    server = stand.server;
    const { exit, told } = await check(["--present", "API_KEY=true,RAILWAY_TOKEN=true"], {
      GITHUB_TOKEN: "token",
      GITHUB_REPOSITORY: "own/tiny",
      GITHUB_API_URL: stand.address,
    });
    expect(told.notChecked).toMatchObject([{ check: "github" }]);
    expect(told.notChecked[0]?.reason).toContain("Resource not accessible");
    expect(exit).toBe(0);
  });

  it("refuses a value after --present, and does not repeat it", async () => {
    const { exit, stdout, stderr } = await check(["--present", "API_KEY=hunter2"]);
    expect(exit).toBe(2);
    expect(stdout + stderr).not.toContain("hunter2");
    expect(stdout).toContain("GANTRY-USAGE");
  });
});
