/** Replaces secrets in text, whatever form they take there, also across the borders of chunks. */
export interface Redactor {
  readonly text: (text: string) => string;
  readonly stream: () => RedactedStream;
}

export interface RedactedStream {
  /** What can be shown of everything pushed so far; the rest is held back until it is decided. */
  readonly push: (chunk: string) => string;
  readonly end: () => string;
}

export const mask = "***";

/** Shorter values are masked as they are, but not in encodings: those would match by chance. */
const shortestEncoded = 6;

/** A redactor for these secrets; empty values mask nothing. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const needles = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  if (needles.length === 0) {
    const asIs: RedactedStream = { push: (chunk) => chunk, end: () => "" };
    return { text: (text) => text, stream: () => asIs };
  }
  const pattern = new RegExp(needles.map((needle) => RegExp.escape(needle)).join("|"), "g");
  return {
    text: (text) => text.replace(pattern, mask),
    stream: () => redactedStream(pattern, needles),
  };
}

function redactedStream(pattern: RegExp, needles: readonly string[]): RedactedStream {
  let held = "";
  return {
    push(chunk) {
      const buffer = held + chunk;
      const cut = decidedUntil(buffer, pattern, needles);
      held = buffer.slice(cut);
      return buffer.slice(0, cut).replace(pattern, mask);
    },
    end() {
      const rest = held.replace(pattern, mask);
      held = "";
      return rest;
    },
  };
}

/** How much of a buffer is decided: up to where a secret may have begun, never inside a match. */
function decidedUntil(buffer: string, pattern: RegExp, needles: readonly string[]): number {
  let cut = buffer.length - longestOpenSuffix(buffer, needles);
  for (const match of buffer.matchAll(pattern)) {
    const end = match.index + match[0].length;
    if (match.index < cut && end > cut) cut = end;
  }
  return cut;
}

function longestOpenSuffix(buffer: string, needles: readonly string[]): number {
  const longest = Math.min(buffer.length, (needles[0] as string).length - 1);
  for (let length = longest; length > 0; length -= 1) {
    const suffix = buffer.slice(-length);
    if (needles.some((needle) => needle.length > length && needle.startsWith(suffix)))
      return length;
  }
  return 0;
}

/** Every form in which a secret commonly shows up. */
function formsOf(secret: string): string[] {
  const lines = secret.includes("\n")
    ? secret.split(/\r?\n/).filter((l) => l.trim().length > 7)
    : [];
  return [secret.trimEnd(), secret, ...lines].filter((value) => value !== "").flatMap(encodings);
}

function encodings(value: string): string[] {
  if (value.length < shortestEncoded) return [value];
  const bytes = new TextEncoder().encode(value);
  const url = encodeURIComponent(value);
  return [
    value,
    url,
    url.replaceAll("%20", "+"),
    url.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    JSON.stringify(value).slice(1, -1),
    JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1),
    [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    ...base64Forms(bytes),
  ];
}

/** Base64 looks different at each of three offsets in a longer text; all of them, in both alphabets. */
function base64Forms(bytes: Uint8Array): string[] {
  const forms = [0, 1, 2].map((offset) => {
    const encoded = btoa(String.fromCharCode(...new Uint8Array(offset), ...bytes));
    const begin = offset === 0 ? 0 : offset + 1;
    const partial = (offset + bytes.length) % 3;
    const body = encoded.replace(/=+$/, "");
    return body.slice(begin, partial === 0 ? undefined : body.length - 1);
  });
  return [...forms, ...forms.map((f) => f.replaceAll("+", "-").replaceAll("/", "_"))].filter(
    (form) => form.length >= shortestEncoded,
  );
}
