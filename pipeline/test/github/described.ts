import { type Connection, connect } from "../../src/github/client/index.ts";
import type { FetchLike } from "../../src/network/network.ts";
import { answerSchema, checkAnswer, checkRequest } from "../stand-ins/github/description/check.ts";
import type { Operation } from "../stand-ins/github/description/description.ts";
import { fill, type Taste } from "../stand-ins/github/description/fill.ts";
import { routeOf } from "../stand-ins/github/description/routes.ts";

export interface Described {
  readonly connection: Connection;
  /** The operations that were asked for, in GitHub's own names. */
  readonly asked: readonly string[];
}

/** A client whose GitHub answers every request with a sample of what its description allows. */
export function describedGithub(taste: Taste, given: object = {}): Described {
  const asked: string[] = [];
  const fetch: FetchLike = async (url, init) => {
    const { pathname, searchParams } = new URL(url);
    const operation = routeOf(init.method ?? "GET", pathname)?.operation;
    if (!operation) throw new Error(`GitHub has no ${init.method} ${pathname}`);
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const mismatch = checkRequest(operation, searchParams, body);
    if (mismatch) throw new Error(mismatch);
    asked.push(operation.operationId);
    return answer(operation, taste, given);
  };
  const repository = { owner: "octo", name: "rose" };
  return { connection: connect({ token: () => "token", repository, fetch: loud(fetch) }), asked };
}

/** What the test itself finds wrong must not be taken for a lost connection. */
function loud(fetch: FetchLike): FetchLike {
  return (url, init) =>
    fetch(url, init).catch((error: Error) => {
      const said = { message: error.message };
      return new Response(JSON.stringify(said), { status: 418 });
    });
}

function answer(operation: Operation, taste: Taste, given: object): Response {
  const status = Number(Object.keys(operation.responses).find((one) => one.startsWith("2")));
  const schema = answerSchema(operation, status);
  if (!schema) return new Response(null, { status });
  const isList = [schema.type].flat().includes("array");
  const value = fill(schema, isList ? [given] : given, taste);
  const mismatch = checkAnswer(operation, status, value);
  if (mismatch) throw new Error(`the sample is wrong: ${mismatch}`);
  return new Response(JSON.stringify(value), { status });
}
