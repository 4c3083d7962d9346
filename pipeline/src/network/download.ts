import type { Buffer } from "node:buffer";
import { type Answer, type Failure, ok, refused } from "./answer.ts";
import { readBytes, withResponse } from "./exchange.ts";
import { failureOf } from "./judge.ts";
import type { Network } from "./network.ts";
import { isPrivate } from "./private-address.ts";
import { repeat } from "./retry.ts";

export interface Download {
  /** Often signed, and so a secret itself: no answer shows it. */
  readonly url: string;
  /** What is longer is refused, and not read to its end. */
  readonly mostBytes: number;
}

/** Reads a file from an address that asks for no token: none is ever sent there. It follows no redirect. */
export async function download(
  network: Network,
  { url, mostBytes }: Download,
): Promise<Answer<Buffer>> {
  if (!isPrivate(url)) return refused("the file's address is not encrypted", 400);
  const request = {
    method: "GET",
    url,
    headers: { "User-Agent": "gantry" },
    timeoutSeconds: network.limits.requestSeconds,
    secrets: [url],
  };
  return repeat(network, { safe: true }, () =>
    withResponse(network, request, async (response) => {
      const failure = failureIn(response, network.now());
      const bytes = failure ? undefined : await readBytes(response, mostBytes);
      if (bytes) return ok(bytes);
      await response.body?.cancel().catch(() => undefined);
      return failure ?? refused(`the file is longer than ${mostBytes} bytes`, 413);
    }),
  );
}

/** No token is at fault where none was sent. */
function failureIn({ status, headers }: Response, now: number): Failure | undefined {
  const failure = failureOf({ status, headers, text: "", now }, undefined);
  return failure?.kind === "unauthorised" ? refused(failure.reason, status) : failure;
}
