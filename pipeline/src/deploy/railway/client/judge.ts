import { type Answer, lost, ok, refused } from "../../../network/answer.ts";
import { failureOf, type Heard, isRecord, rateLimited, readJson } from "../../../network/judge.ts";

/** What an answer of Railway means. Pure: a table of status, headers and text. */
export function judge(heard: Heard): Answer<unknown> {
  const json = readJson(heard.text);
  const value = json.kind === "ok" ? json.value : undefined;
  const failure = failureOf(heard, messageIn(value));
  if (failure) return failure;
  if (json.kind !== "ok") return json;
  const messages = errorsIn(value);
  if (messages.length === 0) return ok(value);
  if (hasErrorWithin(value)) return lost(`acted, but could not tell of it: ${messages.join("; ")}`);
  return judgeErrors(messages, heard);
}

/** Errors in an answer with status 200: Railway's words decide, since its codes do not differ. */
function judgeErrors(messages: readonly string[], heard: Heard): Answer<never> {
  const reason = messages.join("; ").slice(0, 500);
  if (/not authorized|unauthorized|project token not found/i.test(reason)) {
    return { kind: "unauthorised", reason };
  }
  if (/rate limit|too many requests/i.test(reason)) return rateLimited(heard);
  if (/problem processing request/i.test(reason)) return lost(reason);
  return refused(reason, heard.status);
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
