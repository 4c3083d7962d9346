import { type Failure, lost } from "./answer.ts";

/** Names a failed connection, and whether the request can have got through at all. */
export function whyLost(error: unknown): Failure {
  const code = codeOf(error);
  if (code === undefined) return lost("the connection broke");
  return lost(`${sentences[code] ?? "the connection broke"} (${code})`, !neverReached(code));
}

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was cut",
  ENOTFOUND: "the host's name is not known",
  EAI_AGAIN: "the host's name could not be looked up",
  UND_ERR_CONNECT_TIMEOUT: "the connection was not made in time",
  UND_ERR_SOCKET: "the connection was cut",
  UND_ERR_HEADERS_TIMEOUT: "no answer came in time",
  UND_ERR_BODY_TIMEOUT: "the answer stopped half way",
};

const beforeAnythingWasSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function neverReached(code: string): boolean {
  return beforeAnythingWasSent.has(code) || /CERT|SIGNATURE|^ERR_SSL|^ERR_TLS/.test(code);
}

function codeOf(error: unknown): string | undefined {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ("code" in one && typeof one.code === "string") return one.code;
  }
  return undefined;
}
