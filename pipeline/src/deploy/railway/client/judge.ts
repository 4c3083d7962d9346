import { type Answer, lost, ok, refused } from "./answer.ts";

/** What an answer over HTTP means. Pure: a table of status, headers and text. */
export function judge(
  status: number,
  headers: Pick<Headers, "get">,
  text: string,
  now: number,
): Answer<unknown> {
  const json = parse(text);
  const said = messageIn(json);
  if (status === 429) return rateLimited(headers, now);
  if (status === 401 || status === 403) {
    return { kind: "unauthorised", reason: said ?? `HTTP status ${status}` };
  }
  if (status >= 500 || status === 408) return lost(`HTTP status ${status}`);
  if (status >= 300) return refused(said ?? `HTTP status ${status}`, status);
  if (json === undefined) return lost(whatCame(text));
  const messages = errorsIn(json);
  if (messages.length === 0) return ok(json);
  if (hasErrorWithin(json)) return lost(`acted, but could not tell of it: ${messages.join("; ")}`);
  return judgeErrors(messages, status, headers, now);
}

/** Errors in an answer with status 200: Railway's words decide, since its codes do not differ. */
function judgeErrors(
  messages: readonly string[],
  status: number,
  headers: Pick<Headers, "get">,
  now: number,
): Answer<never> {
  const reason = messages.join("; ").slice(0, 500);
  if (/not authorized|unauthorized|project token not found/i.test(reason)) {
    return { kind: "unauthorised", reason };
  }
  if (/rate limit|too many requests/i.test(reason)) return rateLimited(headers, now);
  if (/problem processing request/i.test(reason)) return lost(reason);
  return refused(reason, status);
}

function rateLimited(headers: Pick<Headers, "get">, now: number): Answer<never> {
  return {
    kind: "rate-limited",
    retryAfterSeconds: retryAfter(headers.get("Retry-After"), now) ?? 60,
  };
}

/** Seconds, or a date. */
function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whatCame(text: string): string {
  if (text.trim() === "") return "an empty answer";
  return /^\s*</.test(text) ? "an HTML page instead of an answer" : "an answer that breaks off";
}

function errorsIn(json: unknown): readonly string[] {
  if (!isRecord(json) || !Array.isArray(json.errors)) return [];
  return json.errors.map((error) => String((isRecord(error) && error.message) || "no message"));
}

/** An error below the first field: that field's own work was done before. */
function hasErrorWithin(json: unknown): boolean {
  if (!isRecord(json) || !Array.isArray(json.errors)) return false;
  return json.errors.some(
    (error) => isRecord(error) && Array.isArray(error.path) && error.path.length > 1,
  );
}

function messageIn(json: unknown): string | undefined {
  const [first] = errorsIn(json);
  if (first !== undefined) return first;
  return isRecord(json) && typeof json.message === "string" ? json.message : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
