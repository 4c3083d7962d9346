/** In shorter values, hex and base64 would match other text by chance. */
const shortestBinary = 6;
/** A line of a longer secret (a key, say) is a secret of its own from this length on. */
const shortestLine = 8;

/** Every form in which a secret commonly shows up; none for one that is empty or blank. */
export function formsOf(secret: string): string[] {
  if (secret.trim() === "") return [];
  const lines = secret.includes("\n") ? secret.split(/\r?\n/).filter(isLong) : [];
  return [...new Set([secret, secret.trimEnd(), ...lines].flatMap(encodings))];
}

function isLong(line: string): boolean {
  return line.trim().length >= shortestLine;
}

function encodings(value: string): string[] {
  const text = [value, ...jsonForms(value), ...urlForms(value), ...markupForms(value)];
  if (value.length < shortestBinary) return text;
  const bytes = new TextEncoder().encode(value);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [...text, hex, hex.toUpperCase(), ...base64Forms(bytes)];
}

/** As a string of JSON, and as one inside another; Python's `json` writes ASCII only. */
function jsonForms(value: string): string[] {
  const inside = (text: string): string => JSON.stringify(text).slice(1, -1);
  const ascii = inside(value).replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return [inside(value), inside(inside(value)), ascii];
}

/** Encoders differ in what they leave as it is; these are the sets in common use. */
const leftAsIs = [
  /[\w.~-]/, // RFC 3986, Go, Python's `quote` with nothing safe
  /[\w.~/-]/, // Python's `quote`
  /[\w.!~*'()-]/, // JavaScript's `encodeURIComponent`
  /[\w.!~*'();/?:@&=+$,#-]/, // JavaScript's `encodeURI`
  /[\w.!~*'()$&+,-]/, // user and password of a URL
  /[\w.*-]/, // forms
];

function urlForms(value: string): string[] {
  return leftAsIs.flatMap((kept) => {
    const upper = [...value.toWellFormed()].map((c) => (kept.test(c) ? c : percent(c))).join("");
    const lower = upper.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    return [upper, lower, upper.replaceAll("%20", "+")];
  });
}

function percent(char: string): string {
  return [...new TextEncoder().encode(char)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

/** As text and as an attribute of XML and HTML. */
function markupForms(value: string): string[] {
  const text = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = text.replaceAll('"', "&quot;");
  return [text, quoted, quoted.replaceAll("'", "&#x27;"), quoted.replaceAll("'", "&apos;")];
}

/** Columns at which `base64` and `openssl` break their lines. */
const columns = [76, 64];

/**
 * Base64 looks different at each of three offsets in a longer text: all of them, in both
 * alphabets, and the lines into which a long one is broken.
 */
function base64Forms(bytes: Uint8Array): string[] {
  const forms = [0, 1, 2].map((offset) => base64At(bytes, offset));
  const whole = forms[0] ?? "";
  const broken = columns
    .filter((width) => whole.length > width)
    .flatMap((width) => whole.match(new RegExp(`.{1,${width}}`, "g")) ?? [])
    .filter(isLong);
  return [...forms, ...broken]
    .flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")])
    .filter((form) => form.length >= shortestBinary);
}

/** What of the encoded text depends on these bytes alone, not on their neighbours. */
function base64At(bytes: Uint8Array, offset: number): string {
  let binary = "\0".repeat(offset);
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const encoded = btoa(binary).replace(/=+$/, "");
  const mixedEnd = (offset + bytes.length) % 3 !== 0;
  return encoded.slice(offset === 0 ? 0 : offset + 1, mixedEnd ? -1 : undefined);
}
