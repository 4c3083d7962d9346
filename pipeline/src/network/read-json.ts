import type { z } from "zod";
import type { Answer } from "./answer.ts";
import { exchange } from "./exchange.ts";
import { failureOf, readJson } from "./judge.ts";
import type { Network } from "./network.ts";
import { readForm } from "./read-form.ts";
import { repeat } from "./retry.ts";

/** Reads public JSON, without any token. */
export function readPublicJson<A>(
  network: Network,
  url: string,
  form: z.ZodType<A>,
): Promise<Answer<A>> {
  const request = {
    method: "GET",
    url,
    headers: { Accept: "application/json", "User-Agent": "gantry" },
    timeoutSeconds: network.limits.requestSeconds,
    secrets: [],
  };
  return repeat(network, { safe: true, attempts: 2 }, () =>
    exchange(network, request, (heard) => {
      const failure = failureOf(heard, undefined);
      return failure ?? thenNow(readJson(heard.text), (json) => readForm(form, json));
    }),
  );
}

function thenNow<A, B>(answer: Answer<A>, next: (value: A) => Answer<B>): Answer<B> {
  return answer.kind === "ok" ? next(answer.value) : answer;
}
