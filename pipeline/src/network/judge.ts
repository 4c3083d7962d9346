import { type Answer, type Failure, lost, ok, refused } from "./answer.ts";

/** What came back over HTTP, with the moment in milliseconds when it came. */
export interface Heard {
  readonly status: number;
  readonly headers: Pick<Headers, "get">;
  readonly text: string;
  readonly now: number;
}

/** How a status ends a request, or nothing where the text decides; `said` is the service's word. */
export function failureOf(heard: Heard, said: string | undefined): Failure | undefined {
  const { status } = heard;
  const reason = said ?? `HTTP status ${status}`;
  if (status === 429) return rateLimited(heard);
  if (status === 401 || status === 403) return { kind: "unauthorised", reason };
  if (status >= 500 || status === 408) return lost(`HTTP status ${status}`);
  return status >= 300 ? refused(reason, status) : undefined;
}

export function rateLimited({ headers, now }: Heard): Failure {
  return { kind: "rate-limited", retryAfterSeconds: retryAfter(headers, now) ?? 60 };
}

/** The seconds that `Retry-After` asks for, given there as seconds or as a date. */
export function retryAfter(headers: Heard["headers"], now: number): number | undefined {
  const value = headers.get("Retry-After");
  if (value === null) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** A text as JSON; what is none is lost, since nobody knows what was meant. */
export function readJson(text: string): Answer<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return lost(whatCame(text));
  }
}

function whatCame(text: string): string {
  if (text.trim() === "") return "an empty answer";
  return /^\s*</.test(text) ? "an HTML page instead of an answer" : "an answer that breaks off";
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
