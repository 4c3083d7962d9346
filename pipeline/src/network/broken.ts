import { describeCertificate, readCertificate } from "./certificate.ts";

/** Why there is no answer. */
export interface Broken {
  readonly words: string;
  /** The system's own name for it, if it has one. */
  readonly code: string | undefined;
  /** False: what was asked certainly never got there. */
  readonly reached: boolean;
  /** Nobody could be asked: name, way or certificate of the address are at fault, whoever answers. */
  readonly unreachable: boolean;
}

/** Says why a request failed. Where it is the certificate, it is looked at once more, for its dates. */
export async function explainBroken(error: unknown, url: string): Promise<Broken> {
  const code = codeOf(error);
  const kind = kindOf(code);
  return {
    code,
    words: await wordsFor(kind, code, new URL(url)),
    reached: kind === "cut" && !beforeAnythingWasSent.has(code ?? ""),
    unreachable: kind !== "cut",
  };
}

type Kind = "name" | "way" | "certificate" | "encryption" | "cut";

function kindOf(code: string | undefined): Kind {
  if (code === undefined) return "cut";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "name";
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") return "way";
  if (/CERT|SIGNATURE/.test(code)) return "certificate";
  return /^(ERR_SSL|ERR_TLS|EPROTO)/.test(code) ? "encryption" : "cut";
}

async function wordsFor(kind: Kind, code: string | undefined, url: URL): Promise<string> {
  const host = url.hostname;
  switch (kind) {
    case "name":
      return code === "ENOTFOUND"
        ? `the name ${host} is not known`
        : `the name ${host} could not be looked up`;
    case "way":
      return `there is no way to ${host} from here`;
    case "certificate": {
      const seen = await readCertificate(url);
      return describeCertificate({ code: code ?? "", host, seen, now: Date.now() });
    }
    case "encryption":
      return `${host} refuses an encrypted connection`;
    case "cut":
      return cutWords(code);
  }
}

function cutWords(code: string | undefined): string {
  if (code === undefined) return "the connection broke";
  if (code.startsWith("HPE_")) return "what answers speaks no HTTP";
  return cuts[code] ?? `the connection broke (${code})`;
}

const cuts: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was cut",
  UND_ERR_CONNECT_TIMEOUT: "the connection was not made in time",
  UND_ERR_SOCKET: "the connection was cut",
  UND_ERR_HEADERS_TIMEOUT: "no answer came in time",
  UND_ERR_BODY_TIMEOUT: "the answer stopped half way",
};

const beforeAnythingWasSent = new Set(["ECONNREFUSED", "UND_ERR_CONNECT_TIMEOUT"]);

function codeOf(error: unknown): string | undefined {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ("code" in one && typeof one.code === "string") return one.code;
  }
  return undefined;
}
