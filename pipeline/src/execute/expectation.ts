import type { Expectation } from "../plan/step.ts";

/** An answer, as far as it was read. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What is wrong with an answer, in words; undefined where it is as expected. */
export function objectionTo(answer: Answer, expected: Expectation): string | undefined {
  if (answer.status !== expected.status) {
    return `status ${answer.status}, expected ${expected.status}${excerpt(answer)}`;
  }
  return (
    contentObjection(answer, expected) ??
    textObjection(answer, expected) ??
    jsonObjection(answer, expected)
  );
}

function contentObjection(answer: Answer, expected: Expectation): string | undefined {
  if (expected.contentType && !answer.contentType.startsWith(expected.contentType)) {
    return `content type ${answer.contentType || "none"}, expected ${expected.contentType}`;
  }
  // A front end that answers every path with its page would make every check green.
  const page =
    !expected.contentType && !expected.text && answer.contentType.startsWith("text/html");
  return page
    ? "an HTML page with status 200 proves nothing; say `contentType: text/html` if a page is meant"
    : undefined;
}

function textObjection(answer: Answer, { text }: Expectation): string | undefined {
  return text && !answer.body.includes(text)
    ? `the text \`${text}\` is not in the answer`
    : undefined;
}

function jsonObjection(answer: Answer, { json }: Expectation): string | undefined {
  if (!json) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(answer.body);
  } catch {
    return `the answer is no JSON${excerpt(answer)}`;
  }
  for (const [path, wanted] of Object.entries(json)) {
    const found = valueAt(value, path);
    if (!matches(found, wanted)) {
      return `\`${path}\` is ${JSON.stringify(found) ?? "missing"}, expected ${JSON.stringify(wanted)}`;
    }
  }
  return undefined;
}

const typeNames = new Set(["string", "number", "boolean", "array", "object", "null"]);

/** A type's name stands for any value of that type; everything else for itself. */
function matches(found: unknown, wanted: unknown): boolean {
  if (typeof wanted === "string" && typeNames.has(wanted)) return typeName(found) === wanted;
  return JSON.stringify(found) === JSON.stringify(wanted);
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (at, key) =>
        at !== null && typeof at === "object" && Object.hasOwn(at, key)
          ? (at as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}

function excerpt({ body }: Answer): string {
  const text = body.trim().replaceAll(/\s+/g, " ").slice(0, 160);
  return text === "" ? "" : `: ${text}`;
}
