import { type Answer, ok } from "./answer.ts";
import { exchange } from "./exchange.ts";
import { failureOf } from "./judge.ts";
import type { Network } from "./network.ts";
import { repeat } from "./retry.ts";

export interface Post {
  /** Often a secret itself, as a webhook's is: no answer shows it. */
  readonly url: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
}

/** Posts JSON to an address that answers with no more than a status. Never repeated once it may have arrived. */
export function postJson(
  network: Network,
  { url, body, headers = {}, secrets = [] }: Post,
): Promise<Answer<undefined>> {
  const request = {
    method: "POST",
    url,
    headers: { ...headers, "Content-Type": "application/json", "User-Agent": "gantry" },
    body: JSON.stringify(body),
    timeoutSeconds: network.limits.requestSeconds,
    secrets: [url, ...secrets],
  };
  return repeat(network, { safe: false }, () =>
    exchange(network, request, (heard) => failureOf(heard, said(heard.text)) ?? ok(undefined)),
  );
}

/** Chat services say in a short text what they did not like. */
function said(text: string): string | undefined {
  const line = text.trim();
  return line === "" || line.startsWith("<") ? undefined : line.slice(0, 300);
}
