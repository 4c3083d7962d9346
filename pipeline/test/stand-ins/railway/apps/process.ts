import { spawn } from "node:child_process";
import { once } from "node:events";
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { type App, type AppStart, failedToRespond } from "./app.ts";

/** An uploaded application, really started with its own command. */
export async function startProcessApp(
  command: string,
  folder: string,
  start: AppStart,
): Promise<App> {
  const port = await freePort();
  const child = spawn("/bin/sh", ["-c", command], {
    cwd: folder,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      ...start.variables,
      PORT: String(port),
      RAILWAY_DEPLOYMENT_ID: start.deploymentId,
    },
  });
  let told = false;
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on("line", start.log);
  }
  const ended = once(child, "close");
  child.on("error", (error) => start.log(error.message));
  child.on("close", (code) => {
    if (!told) start.onExit(code ?? 1);
  });
  return {
    handle: (request, response) => forward(port, request, response),
    probe: (path) => probe(port, path),
    goLive() {},
    async stop() {
      told = true;
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      endGroup(child.pid, "SIGTERM");
      const hard = setTimeout(() => endGroup(child.pid as number, "SIGKILL"), 3000).unref();
      await ended;
      clearTimeout(hard);
    },
  };
}

function endGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port to be had");
  return address.port;
}

async function probe(port: number, path: string): Promise<number | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      redirect: "manual",
      signal: AbortSignal.timeout(5000),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return undefined;
  }
}

function forward(port: number, request: IncomingMessage, response: ServerResponse): void {
  const onward = httpRequest(
    {
      host: "127.0.0.1",
      port,
      method: request.method,
      path: request.url,
      headers: request.headers,
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on("error", () => {
    if (response.headersSent) response.destroy();
    else failedToRespond(response);
  });
  request.pipe(onward);
}
