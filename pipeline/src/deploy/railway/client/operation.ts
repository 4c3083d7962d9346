import type { z } from "zod";
import { type Answer, ok } from "./answer.ts";
import type { Connection } from "./connection.ts";
import { exchange } from "./exchange.ts";
import { repeat } from "./retry.ts";

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

/** Reads an answer by its form; what is wrong is named by its place, never by its value. */
export function readForm<A>(form: z.ZodType<A>, value: unknown): Answer<A> {
  const read = form.safeParse(value);
  if (read.success) return ok(read.data);
  const places = read.error.issues.map(
    (issue) => `${issue.path.join(".") || "it"} (${issue.code})`,
  );
  return { kind: "malformed", reason: places.slice(0, 5).join(", ") };
}
