import type { z } from "zod";
import { type Answer, mapOk, ok, thenOk } from "../../../network/answer.ts";
import { readForm } from "../../../network/read-form.ts";
import type { Connection } from "./connection.ts";
import { addressOf, type Request, send } from "./send.ts";

/** Parts of a query; what is undefined is left out. */
export type Search = Readonly<Record<string, string | number | undefined>>;

/** Reads one thing, at a path below the repository. */
export async function look<A>(
  connection: Connection,
  path: string,
  form: z.ZodType<A>,
  search: Search = {},
): Promise<Answer<A>> {
  const url = addressOf(connection, path + searchOf(search));
  const answer = await thenOk(url, (value) => send(connection, { method: "GET", url: value }));
  return thenOk(answer, ({ json }) => readForm(form, json));
}

/** Like `look`, but what is missing is no failure. GitHub also hides so what the token may not see. */
export async function lookFor<A>(
  connection: Connection,
  path: string,
  form: z.ZodType<A>,
  search: Search = {},
): Promise<Answer<A | undefined>> {
  const answer = await look(connection, path, form, search);
  return isMissing(answer) ? ok(undefined) : answer;
}

/** Whether GitHub says that there is no such thing, or that this token may not see it. */
export function isMissing(answer: Answer<unknown>): boolean {
  return answer.kind === "refused" && answer.status === 404;
}

export interface Act<A> {
  readonly method: Exclude<Request["method"], "GET">;
  readonly path: string;
  readonly body?: unknown;
  readonly form: z.ZodType<A>;
}

/** Changes something, in one request; after `lost` or `malformed` it may have been done. */
export async function act<A>(
  connection: Connection,
  { method, path, body, form }: Act<A>,
): Promise<Answer<A>> {
  const url = addressOf(connection, path);
  const answer = await thenOk(url, (value) => send(connection, { method, url: value, body }));
  return thenOk(answer, ({ json }) => readForm(form, json));
}

export function searchOf(search: Search): string {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined) given.set(key, String(value));
  }
  return given.size === 0 ? "" : `?${given}`;
}

/** For acts that answer with nothing of use. */
export function done(answer: Answer<unknown>): Answer<undefined> {
  return mapOk(answer, () => undefined);
}
