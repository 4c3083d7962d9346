import { type Answer, refused } from "../../../network/answer.ts";
import { exchange, unusableToken } from "../../../network/exchange.ts";
import type { Heard } from "../../../network/judge.ts";
import { repeat } from "../../../network/retry.ts";
import type { StreamBody } from "../../../network/send-stream.ts";
import type { Connection } from "./connection.ts";
import { judge, type Page } from "./judge.ts";

export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  /** Sent as JSON, unless it is a stream. */
  readonly body?: unknown;
  readonly stream?: StreamBody & { readonly contentType: string };
}

/** One request to GitHub. A read is repeated; an act only if it certainly did not get there. */
export function send(connection: Connection, request: Request): Promise<Answer<Page>> {
  return sendAndJudge(connection, request, judge);
}

/** The same, for an answer that is no JSON. */
export async function sendAndJudge<T>(
  connection: Connection,
  request: Request,
  judgeAnswer: (heard: Heard) => Answer<T>,
): Promise<Answer<T>> {
  const { method, url, stream } = request;
  const secret = connection.token();
  const unusable = unusableToken(secret);
  if (unusable) return unusable;
  const body = stream ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
  const { requestSeconds, uploadSeconds } = connection.limits;
  const sent = {
    method,
    url,
    headers: headersOf(request, secret),
    ...(body === undefined ? {} : { body }),
    timeoutSeconds: stream ? uploadSeconds : requestSeconds,
    secrets: [secret],
  };
  return repeat(connection, { safe: method === "GET" }, () =>
    exchange(connection, sent, judgeAnswer),
  );
}

/** The address of something in the repository, or why there can be none. */
export function addressOf({ address, repository }: Connection, below: string): Answer<string> {
  const { owner, name } = repository;
  const whole = `${address}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}${below}`;
  const url = new URL(whole);
  if (url.href === whole) return { kind: "ok", value: whole };
  // The segments `.` and `..`, in a file's path or a branch's name, would lead elsewhere.
  return refused("the name cannot be asked for, since it would lead to another address", 400);
}

function headersOf({ body, stream }: Request, secret: string): Record<string, string> {
  const type = stream?.contentType ?? (body === undefined ? undefined : "application/json");
  return {
    Accept: "application/vnd.github+json",
    "X-GitHub-Api-Version": "2022-11-28",
    "User-Agent": "gantry",
    Authorization: `Bearer ${secret}`,
    ...(type && { "Content-Type": type }),
  };
}
