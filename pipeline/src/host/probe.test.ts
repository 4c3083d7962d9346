import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Expectation } from "../plan/step.ts";
import { freePort } from "./executor/serve.ts";
import { type ProbeEnd, type ProbeRequest, probe } from "./probe.ts";

async function serve(listener: RequestListener, port = 0): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const health: Expectation = { path: "/health", method: "GET", status: 200 };

interface Options extends Partial<Pick<ProbeRequest, "signal" | "gone">> {
  readonly request?: Partial<Expectation>;
  readonly requests?: Expectation[];
  readonly within?: number;
  readonly consecutive?: number;
}

async function ask(base: string, options: Options = {}): Promise<ProbeEnd & { lines: string[] }> {
  const lines: string[] = [];
  const { request, requests, within = 0.1, consecutive = 1, ...rest } = options;
  const end = await probe({
    step: {
      requests: requests ?? [{ ...health, ...request }],
      withinSeconds: within,
      consecutive,
      intervalSeconds: 0.01,
    },
    base,
    signal: new AbortController().signal,
    gone: async () => undefined,
    output: async (text) => void lines.push(text.trim()),
    ...rest,
  });
  return { ...end, lines };
}

const reasonOf = (end: ProbeEnd): string => (end.ok ? "it is fine" : end.reason);

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

describe("what is good enough", () => {
  test("successes in a row, asked for once each", async () => {
    let asked = 0;
    const base = await serve((_, response) => {
      asked += 1;
      json(response, {});
    });
    expect(await ask(base, { consecutive: 3 })).toMatchObject({ ok: true, attempts: 3 });
    expect(asked).toBe(3);
  });

  test("method, body and content type are sent; a field is compared", async () => {
    const seen: string[] = [];
    const base = await serve(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      seen.push(`${request.method} ${request.url} ${request.headers["content-type"]} ${body}`);
      json(response, { session: { id: "abc" }, n: 3, list: [1] }, 201);
    });
    const end = await ask(base, {
      request: {
        path: "/api/session/start?x=1",
        method: "POST",
        body: { name: "ada" },
        status: 201,
        contentType: "application/json",
        json: { "session.id": "string", n: 3, list: "array" },
      },
    });
    expect(end.ok).toBe(true);
    expect(seen).toEqual(['POST /api/session/start?x=1 application/json {"name":"ada"}']);
  });

  test("a page, where a page is meant", async () => {
    const base = await serve((_, response) =>
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<h1>Rose</h1>"),
    );
    expect((await ask(base, { request: { contentType: "text/html" } })).ok).toBe(true);
    expect((await ask(base, { request: { text: "Rose" } })).ok).toBe(true);
  });

  test("a path that looks like another host stays on this one", async () => {
    const urls: (string | undefined)[] = [];
    const base = await serve((request, response) => {
      urls.push(request.url);
      json(response, {});
    });
    expect((await ask(base, { request: { path: "//example.com/x" } })).ok).toBe(true);
    expect(urls).toEqual(["//example.com/x"]);
  });
});

describe("what is not", () => {
  const page: RequestListener = (_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<html>");

  test.each<[string, RequestListener, Partial<Expectation>, RegExp]>([
    [
      "another status",
      (_, r) => json(r, { detail: "db is down" }, 503),
      {},
      /status 503, expected 200: .*db is down/,
    ],
    ["a page with status 200", page, {}, /HTML page/],
    [
      "another content type",
      (_, r) => r.writeHead(200, { "content-type": "text/plain" }).end("ok"),
      { contentType: "application/json" },
      /content type text\/plain, expected application\/json/,
    ],
    [
      "a missing text",
      (_, r) => r.end("hello"),
      { text: "goodbye" },
      /`goodbye` is not in the answer/,
    ],
    ["no JSON", (_, r) => r.end("hello"), { json: { a: 1 } }, /no JSON: hello/],
    [
      "another value",
      (_, r) => json(r, { status: "degraded" }),
      { json: { status: "ok" } },
      /`status` is "degraded", expected "ok"/,
    ],
    [
      "another type",
      (_, r) => json(r, { id: 7 }),
      { json: { id: "string" } },
      /`id` is 7, expected "string"/,
    ],
    [
      "a missing field",
      (_, r) => json(r, {}),
      { json: { "a.b": 1 } },
      /`a.b` is missing, expected 1/,
    ],
    [
      "a field of every object",
      (_, r) => json(r, {}),
      { json: { constructor: "object" } },
      /`constructor` is missing/,
    ],
    [
      "a redirect, even to something fine",
      (q, r) => (q.url === "/health" ? r.writeHead(302, { location: "/ok" }).end() : json(r, {})),
      {},
      /status 302/,
    ],
    [
      "a redirect loop",
      (_, r) => r.writeHead(301, { location: "/health" }).end(),
      {},
      /status 301/,
    ],
    ["a connection that breaks off", (q) => q.socket.destroy(), {}, /./],
  ])("%s", async (_, listener, request, reason) => {
    const end = await ask(await serve(listener), { request });
    expect(reasonOf(end)).toMatch(reason);
    expect(reasonOf(end)).toContain("/health");
  });

  test("a body that never ends is read to a limit of bytes", async () => {
    const base = await serve((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    expect(reasonOf(await ask(base))).toContain("more than 1048576 bytes");
  });

  test("an answer that never comes ends with the step's own limit", async () => {
    const base = await serve(() => undefined);
    const limit = new AbortController();
    setTimeout(() => limit.abort("timeout"), 50);
    expect((await ask(base, { within: 60, signal: limit.signal })).ok).toBe(false);
  });

  test("something that speaks no HTTP", async () => {
    const server = createSocketServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const end = await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(end.ok).toBe(false);
  });

  test("one of several requests that fails is named", async () => {
    const base = await serve((request, response) =>
      json(response, {}, request.url === "/b" ? 500 : 200),
    );
    const end = await ask(base, {
      requests: [
        { ...health, path: "/a" },
        { ...health, path: "/b" },
      ],
    });
    expect(reasonOf(end)).toMatch(/^GET \/b: status 500/);
  });
});

describe("in time", () => {
  test("refused first, then up", async () => {
    const port = await freePort();
    const attempts = ask(`http://127.0.0.1:${port}`, { within: 60 });
    await new Promise((resolve) => setTimeout(resolve, 60));
    await serve((_, response) => json(response, {}), port);
    const end = await attempts;
    expect(end.ok).toBe(true);
    expect(end.lines[0]).toContain("nothing listens there yet");
  });

  test("unhealthy first, then healthy", async () => {
    let asked = 0;
    const base = await serve((_, response) => json(response, {}, ++asked < 4 ? 503 : 200));
    expect(await ask(base, { within: 60, consecutive: 2 })).toMatchObject({
      ok: true,
      attempts: 5,
    });
  });

  test("flapping never counts as successes in a row", async () => {
    let asked = 0;
    const base = await serve((_, response) => json(response, {}, ++asked % 3 === 0 ? 500 : 200));
    const end = await ask(base, { within: 0.3, consecutive: 3 });
    expect(reasonOf(end)).toContain("status 500");
  });

  test("when the process has ended, waiting is useless", async () => {
    const end = await ask(`http://127.0.0.1:${await freePort()}`, {
      within: 3600,
      gone: async () => "the application ended with exit code 1",
    });
    expect(reasonOf(end)).toBe("the application ended with exit code 1");
    expect(end.lines).toHaveLength(1);
  });

  test("a cancelled probe ends at once", async () => {
    const end = await ask(`http://127.0.0.1:${await freePort()}`, {
      within: 3600,
      signal: AbortSignal.abort("cancelled"),
    });
    expect(reasonOf(end)).toBe("ended from outside");
  });
});
