import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it, onTestFinished } from "vitest";
import { refuseTls, serveExpired } from "../builders/refusing.ts";
import { root } from "../e2e/scratch.ts";

const json =
  (body: object, status = 200): RequestListener =>
  (_, response) => {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  };

function flapping(): RequestListener {
  let count = 0;
  return (request, response) => {
    count += 1;
    json({ status: "ok" }, count % 2 === 0 ? 503 : 200)(request, response);
  };
}

const html: RequestListener = (_, response) => {
  response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><p>It works");
};
const loop: RequestListener = (request, response) => {
  response.writeHead(302, { Location: request.url }).end();
};
const endless: RequestListener = (_, response) => {
  response.writeHead(200, { "Content-Type": "application/json" }).write('{"status":');
};

const commit = "4f2a91c0".repeat(5);
const quick = ["--attempts", "3", "--interval", "0.05", "--consecutive", "2", "--endpoint", "none"];

describe("scripts/health-check", { timeout: 60_000 }, () => {
  it.each<readonly [string, RequestListener, readonly string[], number, string]>([
    ["healthy", json({ status: "ok" }), [], 0, "✓ healthy"],
    ["the wanted commit", json({ commit }), ["--commit", "4f2a91c"], 0, "✓ healthy"],
    [
      "another commit",
      json({ commit }),
      ["--commit", "0123456"],
      1,
      "✗ wrong-version: it says commit 4f2a91c04f2a",
    ],
    ["no word on itself", json({}), ["--commit", "0123456"], 1, "✗ unidentified"],
    ["flapping", flapping(), [], 1, "✗ unhealthy"],
    ["a page", html, [], 1, "✗ unhealthy"],
    ["a redirect loop", loop, [], 1, "✗ unhealthy: GET /api/health: status 302"],
    ["a body that never ends", endless, ["--attempts", "1"], 1, "no answer within 5 s"],
    [
      "another health path and an endpoint of its own",
      json({}, 200),
      ["--endpoint", "POST /missing", "--health", "/"],
      0,
      "✓ healthy",
    ],
  ])("%s", async (_, listener, options, exit, words) => {
    const end = await healthCheck(await serve(listener), options);
    expect(end.exitCode, end.stderr).toBe(exit);
    expect(end.stderr).toContain(words);
    expect(end.stdout).toBe("");
  });

  it("asks the critical endpoint unless it is told otherwise", async () => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      json({}, request.url === "/api/health" ? 200 : 500)(request, response);
    });
    const end = await healthCheck(url, [], quick.slice(0, -2));
    expect(end.exitCode).toBe(1);
    expect(end.stderr).toContain("✗ unhealthy: GET /api/session/start: status 500");
    expect(new Set(asked)).toEqual(new Set(["GET /api/health", "GET /api/session/start"]));
  });

  it.each([
    [serveExpired, "the certificate of 127.0.0.1 expired on 2020-01-02"],
    [refuseTls, "127.0.0.1 refuses an encrypted connection"],
  ])("an address that cannot be asked (%#)", async (open, why) => {
    const end = await healthCheck(await open(), []);
    expect(end.exitCode).toBe(1);
    expect(end.stderr).toContain(`✗ unreachable: GET /api/health: ${why}`);
  });

  it("a closed port, and the same for programs", async () => {
    const url = await serve(json({}), true);
    const end = await healthCheck(url, ["--json"]);
    expect(end.exitCode).toBe(1);
    expect(JSON.parse(end.stdout)).toEqual({
      kind: "unhealthy",
      why: "GET /api/health: nothing listens there yet",
    });
  });

  it.each([[["not an address"]], [[]], [["file:///etc/passwd"]]])("%j: exit 2", async (words) => {
    const end = await execa(join(root, "scripts/health-check"), words, { reject: false });
    expect(end.exitCode).toBe(2);
  });
});

/** Another server for each test; `closed`: an address at which nothing listens any more. */
async function serve(listener: RequestListener, closed = false): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port to be had");
  const end = (): void => {
    server.close();
    server.closeAllConnections();
  };
  if (closed) end();
  else onTestFinished(end);
  return `http://127.0.0.1:${address.port}`;
}

function healthCheck(url: string, options: readonly string[], usual: readonly string[] = quick) {
  return execa(join(root, "scripts/health-check"), [url, ...usual, ...options], {
    reject: false,
    env: { NO_COLOR: "1" },
  });
}
