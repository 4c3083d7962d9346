import { createHash, randomBytes } from "node:crypto";
import { Agent, createServer, get, type IncomingMessage, request, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { chooseFreePort } from "../daemon/versions/ports.ts";
import { type EnvironmentProxy, openProxy } from "./proxy.ts";
import { drained } from "./target.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function startProxy(): Promise<EnvironmentProxy> {
  const opened = await openProxy(await chooseFreePort());
  if (!opened.ok) throw new Error(opened.reason);
  ends.push(opened.proxy.close);
  return opened.proxy;
}

async function startVersion(handle: Parameters<typeof createServer>[1]): Promise<number> {
  const server = createServer();
  if (handle) server.on("request", handle as never);
  return listen(server);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

/** A proxy in front of one version. */
async function inFrontOf(handle: Parameters<typeof createServer>[1]): Promise<EnvironmentProxy> {
  const proxy = await startProxy();
  proxy.switchTo({ id: "one", port: await startVersion(handle) });
  return proxy;
}

async function read(message: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const urlOf = ({ port }: EnvironmentProxy): string => `http://127.0.0.1:${port}`;

describe("the proxy in front of an environment's versions", () => {
  it("says as JSON that nothing serves, and why", async () => {
    const proxy = await startProxy();
    const first = await fetch(urlOf(proxy));
    expect(first.status).toBe(503);
    expect(await first.json()).toEqual({
      error: "no version has been deployed here yet",
      by: "gantry",
    });
    proxy.serveNothing("it fell over");
    expect(await (await fetch(urlOf(proxy))).json()).toMatchObject({ error: "it fell over" });
  });

  it("carries method, path, headers and body as they are, and who asks", async () => {
    let seen: { message: IncomingMessage; body: string } | undefined;
    const proxy = await inFrontOf(async (message, response) => {
      seen = { message, body: (await read(message)).toString() };
      response.writeHead(207, "Odd", ["Set-Cookie", "a=1", "Set-Cookie", "b=2", "X-Case", "Ä"]);
      response.end("done");
    });
    const response = await fetch(`${urlOf(proxy)}/a%20b?c=%2F`, {
      method: "PATCH",
      headers: { "x-own": "yes", host: "somewhere.example" },
      body: "text",
    });
    expect([response.status, response.statusText]).toEqual([207, "Odd"]);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(await response.text()).toBe("done");
    expect(seen?.body).toBe("text");
    expect(seen?.message.url).toBe("/a%20b?c=%2F");
    expect(seen?.message.method).toBe("PATCH");
    expect(seen?.message.headers).toMatchObject({
      "x-own": "yes",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "http",
    });
  });

  it("does not carry what belongs to one connection alone", async () => {
    let headers: IncomingMessage["headers"] = {};
    const proxy = await inFrontOf((message, response) => {
      headers = message.headers;
      response.writeHead(200, { connection: "x-private", "x-private": "mine", "x-public": "all" });
      response.end();
    });
    const answer = await new Promise<IncomingMessage>((resolve) => {
      get({
        port: proxy.port,
        host: "127.0.0.1",
        headers: { connection: "keep-alive, x-mine", "x-mine": "1", "x-theirs": "2" },
      }).once("response", resolve);
    });
    answer.resume();
    expect(headers).not.toHaveProperty("x-mine");
    expect(headers["x-theirs"]).toBe("2");
    expect(answer.headers).not.toHaveProperty("x-private");
    expect(answer.headers["x-public"]).toBe("all");
  });

  it("streams a large body up and down without holding it", async () => {
    const proxy = await inFrontOf((message, response) => void message.pipe(response));
    const piece = randomBytes(1024 * 1024);
    const sent = createHash("sha256");
    const got = createHash("sha256");
    const outgoing = request({ port: proxy.port, host: "127.0.0.1", method: "POST" });
    const answered = new Promise<IncomingMessage>((resolve) => outgoing.once("response", resolve));
    const write = (async () => {
      for (let count = 0; count < 64; count += 1) {
        sent.update(piece);
        if (!outgoing.write(piece)) await new Promise((resolve) => outgoing.once("drain", resolve));
      }
      outgoing.end();
    })();
    for await (const chunk of await answered) got.update(chunk as Buffer);
    await write;
    expect(got.digest("hex")).toBe(sent.digest("hex"));
  });

  it("passes on the first part of an answer before the rest is there", async () => {
    let finish = (): void => undefined;
    const proxy = await inFrontOf((_message, response) => {
      response.write("first");
      finish = () => response.end("last");
    });
    const response = await fetch(urlOf(proxy));
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("first");
    finish();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("last");
  });

  it("tells the version when a client has gone", async () => {
    const gone = Promise.withResolvers<void>();
    const proxy = await inFrontOf((_message, response) => {
      response.write("begun");
      response.once("close", () => gone.resolve());
    });
    const stop = new AbortController();
    await fetch(urlOf(proxy), { signal: stop.signal });
    stop.abort();
    await gone.promise;
  });

  it("never makes half an answer look like a whole one", async () => {
    const proxy = await inFrontOf((_message, response) => {
      response.write("half");
      setTimeout(() => response.destroy(), 50);
    });
    const response = await fetch(urlOf(proxy));
    await expect(response.text()).rejects.toThrow();
  });

  it("reads on where a version refuses a body unread, for the connection's next request", async () => {
    const proxy = await inFrontOf((message, response) => {
      if (message.method === "GET") return void response.end("next");
      response.writeHead(413);
      return void response.end("too large");
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const common = { port: proxy.port, host: "127.0.0.1", agent };
    const upload = request({ ...common, method: "POST" });
    const answer = new Promise<IncomingMessage>((resolve) => upload.once("response", resolve));
    upload.end(randomBytes(8 * 1024 * 1024));
    const refusal = await answer;
    expect([refusal.statusCode, String(await read(refusal))]).toEqual([413, "too large"]);
    const next = await new Promise<IncomingMessage>((resolve, reject) => {
      get(common, resolve).once("error", reject);
    });
    expect(String(await read(next))).toBe("next");
    agent.destroy();
  });

  it("says 502 where the version gives no answer", async () => {
    const proxy = await startProxy();
    proxy.switchTo({ id: "gone", port: await chooseFreePort() });
    const response = await fetch(urlOf(proxy));
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ by: "gantry" });
  });

  it("asks once more what only asks, and never what acts", async () => {
    const asked: (string | undefined)[] = [];
    const proxy = await inFrontOf((message, response) => {
      asked.push(message.method);
      if (asked.filter((method) => method === message.method).length === 1) {
        message.socket.destroy();
      } else response.end("second");
    });
    expect(await (await fetch(urlOf(proxy))).text()).toBe("second");
    expect((await fetch(urlOf(proxy), { method: "POST", body: "pay" })).status).toBe(502);
    expect((await fetch(urlOf(proxy), { method: "DELETE" })).status).toBe(502);
    expect(asked).toEqual(["GET", "GET", "POST", "DELETE"]);
  });

  it("switches between two requests on one kept connection", async () => {
    const proxy = await inFrontOf((_message, response) => void response.end("old"));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = async (): Promise<string> => {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        get({ port: proxy.port, host: "127.0.0.1", agent }, resolve).once("error", reject);
      });
      return (await read(answer)).toString();
    };
    expect(await ask()).toBe("old");
    const port = await startVersion((_message, response) => void response.end("new"));
    const target = proxy.switchTo({ id: "two", port });
    expect(await ask()).toBe("new");
    agent.destroy();
    await drained(target, 5000);
    expect(target.open).toBe(0);
  });

  it("knows of an old version's open requests until they have ended", async () => {
    let finish = (): void => undefined;
    const proxy = await startProxy();
    const port = await startVersion((_message, response) => {
      finish = () => response.end("late");
    });
    const old = proxy.switchTo({ id: "one", port });
    const asked = fetch(urlOf(proxy));
    while (old.open === 0) await sleep(5);
    proxy.switchTo({ id: "two", port: 1 });
    await drained(old, 50);
    expect(old.open).toBe(1);
    finish();
    expect(await (await asked).text()).toBe("late");
    await drained(old, 5000);
    expect(old.open).toBe(0);
  });

  it("carries a WebSocket both ways, and its end", async () => {
    const server = createServer();
    const sockets = new WebSocketServer({ server });
    const closed = Promise.withResolvers<void>();
    sockets.on("connection", (socket) => {
      // Said at once, so that it may come together with the answer's head.
      socket.send("welcome");
      socket.on("message", (text) => socket.send(`echo ${text}`));
      socket.once("close", () => closed.resolve());
    });
    const proxy = await startProxy();
    const target = proxy.switchTo({ id: "one", port: await listen(server) });
    const client = new WebSocket(`ws://127.0.0.1:${proxy.port}/chat`);
    const said: string[] = [];
    client.on("message", (text) => {
      said.push(String(text));
      if (said.length === 1) client.send("hello");
      else client.close();
    });
    await closed.promise;
    expect(said).toEqual(["welcome", "echo hello"]);
    await drained(target, 5000);
    expect(target.open).toBe(0);
  });

  it("passes on a version's refusal to speak another protocol", async () => {
    const server = createServer((_message, response) => response.end("plain"));
    server.on("upgrade", (_message, socket) => {
      socket.end("HTTP/1.1 426 No\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nnever");
    });
    const proxy = await startProxy();
    proxy.switchTo({ id: "one", port: await listen(server) });
    const text = await speak(proxy.port, upgradeRequest);
    expect(text).toMatch(/^HTTP\/1\.1 426 No\r\n/);
    expect(text).toMatch(/\r\n\r\nnever$/);
    proxy.serveNothing("none");
    const none = await speak(proxy.port, upgradeRequest);
    expect(none).toMatch(/^HTTP\/1\.1 503 /);
  });

  it("is not led astray by a request that is no HTTP", async () => {
    const proxy = await inFrontOf((_message, response) => void response.end("fine"));
    expect(await speak(proxy.port, "nonsense\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await (await fetch(urlOf(proxy))).text()).toBe("fine");
  });

  it("refuses a port that is taken", async () => {
    const proxy = await startProxy();
    const second = await openProxy(proxy.port);
    expect(second).toEqual({
      ok: false,
      reason: `port ${proxy.port} is taken by another program`,
    });
  });
});

const upgradeRequest =
  "GET / HTTP/1.1\r\nHost: a\r\n" +
  "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

async function speak(port: number, text: string): Promise<string> {
  const socket: Socket = connect(port, "127.0.0.1");
  socket.write(text);
  return (await read(socket)).toString();
}
