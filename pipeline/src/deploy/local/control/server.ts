import { chmod, lstat, mkdir, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { type Handlers, type Question, questions } from "./forms.ts";

export interface ControlServer {
  readonly close: () => Promise<void>;
}

const largestQuestion = 4 * 1024 * 1024;

/** Answers questions on a Unix socket that only this user can open. */
export async function openControl(socket: string, handlers: Handlers): Promise<ControlServer> {
  await ownFolder(dirname(socket));
  // Whoever holds the environment's lock is its only daemon: a socket that lies there is a dead one's.
  await rm(socket, { force: true });
  const server = createServer((request, response) => {
    void answer(request, response, handlers);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  await chmod(socket, 0o600);
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
      await rm(socket, { force: true });
    },
  };
}

/** A folder that another user has made first, in a place that all share, is not listened in. */
async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === userInfo().uid) return chmod(folder, 0o700);
  throw new Error(`${folder} belongs to somebody else: remove it`);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: Handlers,
): Promise<void> {
  const end = (status: number, value: unknown): void => {
    response.writeHead(status, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify(value));
  };
  const path = request.url?.slice(1) ?? "";
  if (request.method !== "POST" || !isQuestion(path)) {
    return end(404, { reason: `there is no question ${path}` });
  }
  try {
    const parsed = questions[path].asks.safeParse(await readJson(request));
    if (!parsed.success) return end(400, { reason: parsed.error.message });
    const handle = handlers[path] as (asks: unknown) => ReturnType<Handlers[Question]>;
    const handled = await handle(parsed.data);
    if (handled.ok) end(200, handled.value);
    else end(handled.status, { reason: handled.reason });
  } catch (error) {
    console.error(`${path}: ${error instanceof Error ? error.stack : error}`);
    end(500, { reason: error instanceof Error ? error.message : String(error) });
  }
}

function isQuestion(path: string): path is Question {
  return Object.hasOwn(questions, path);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestQuestion) throw new Error("the question is too long");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}
