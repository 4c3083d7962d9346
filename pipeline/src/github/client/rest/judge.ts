import { type Answer, type Failure, mapOk, ok } from "../../../network/answer.ts";
import { failureOf, type Heard, isRecord, readJson, retryAfter } from "../../../network/judge.ts";

export interface Page {
  readonly json: unknown;
  /** The address of the next page of a list, if there is one. */
  readonly next: string | undefined;
}

/** What an answer of GitHub means. Pure: a table of status, headers and text. */
export function judge(heard: Heard): Answer<Page> {
  const read = readJson(heard.text);
  const said = saidIn(read.kind === "ok" ? read.value : undefined);
  const failure = limited(heard, said) ?? failureOf(heard, said);
  if (failure) return failure;
  if (heard.status === 204) return ok({ json: undefined, next: undefined });
  return mapOk(read, (json) => ({ json, next: nextIn(heard.headers.get("Link") ?? "") }));
}

/** GitHub says 403 or 429 to whoever asks too much, in three different ways. */
function limited({ status, headers, now }: Heard, said = ""): Failure | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const told = retryAfter(headers, now);
  const spent = headers.get("x-ratelimit-remaining") === "0";
  if (status === 403 && told === undefined && !spent && !/rate limit|abuse/i.test(said))
    return undefined;
  const untilReset = spent ? secondsUntil(headers.get("x-ratelimit-reset"), now) : undefined;
  return { kind: "rate-limited", retryAfterSeconds: told ?? untilReset ?? 60 };
}

function secondsUntil(epochSeconds: string | null, now: number): number | undefined {
  if (epochSeconds === null || !/^\d+$/.test(epochSeconds)) return undefined;
  return Math.max(0, Math.ceil(Number(epochSeconds) - now / 1000));
}

function nextIn(link: string): string | undefined {
  return /<([^>]*)>[^,]*;\s*rel="?next"?/.exec(link)?.[1];
}

/** GitHub's message and, behind it, what was wrong with each field. */
function saidIn(json: unknown): string | undefined {
  if (!isRecord(json) || typeof json.message !== "string") return undefined;
  const errors = Array.isArray(json.errors) ? json.errors : [];
  return [json.message, ...errors.map(detail)].join("; ").slice(0, 500);
}

function detail(error: unknown): string {
  if (!isRecord(error)) return String(error);
  const words = [error.field, error.code, error.message];
  return words.filter((word) => typeof word === "string").join(" ");
}
