import type { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import { readForm } from "../../../network/read-form.ts";
import { repeat } from "../../../network/retry.ts";
import type { Connection } from "./connection.ts";
import { exchange } from "./exchange.ts";

/** A GraphQL document with the form of its answer; the contract test checks both. */
export interface Operation<V extends Variables, A> {
  /** A read is repeated when it fails; an act only if it certainly did not get there. */
  readonly kind: "query" | "mutation";
  readonly text: string;
  readonly answer: z.ZodType<A>;
  /** Never set: carries the type of the variables. */
  readonly variables?: V;
}

export type Variables = Readonly<Record<string, unknown>>;

export function query<V extends Variables>() {
  return <A>(text: string, answer: z.ZodType<A>): Operation<V, A> => ({
    kind: "query",
    text,
    answer,
  });
}

export function mutation<V extends Variables>() {
  return <A>(text: string, answer: z.ZodType<A>): Operation<V, A> => ({
    kind: "mutation",
    text,
    answer,
  });
}

export async function run<V extends Variables, A>(
  connection: Connection,
  operation: Operation<V, A>,
  variables: V,
  attempts?: number,
): Promise<Answer<A>> {
  const how = { safe: operation.kind === "query", ...(attempts === undefined ? {} : { attempts }) };
  const body = JSON.stringify({ query: operation.text, variables });
  const answer = await repeat(connection, how, () =>
    exchange(connection, {
      path: "/graphql/v2",
      contentType: "application/json",
      body,
      timeoutSeconds: connection.limits.requestSeconds,
    }),
  );
  return answer.kind === "ok" ? readData(operation.answer, answer.value) : answer;
}

function readData<A>(form: z.ZodType<A>, json: unknown): Answer<A> {
  const { data } = json as { readonly data?: unknown };
  return readForm(form, data);
}
