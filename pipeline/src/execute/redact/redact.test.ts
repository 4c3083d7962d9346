import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor, mask, redactValue } from "./redact.ts";

/** Anything that may be a secret; a `*` would meet the mask itself. */
const secret = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
    fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...".^$+?()[]{}|\\/"), minLength: 1, maxLength: 12 }),
    fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 12 }),
    fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 4 }).map((l) => l.join("\n")),
  )
  .filter((value) => value.trim() !== "" && !value.includes("*"));
const longSecret = fc
  .string({ unit: "binary", minLength: 9, maxLength: 60 })
  .filter((value) => value.trim().length > 8 && !value.includes("*"));
const filler = fc.string({
  unit: fc.constantFrom("a", "b", "=", "%", "\n", " ", "é"),
  maxLength: 9,
});

function bytesOf(text: string): Buffer {
  return Buffer.from(text, "utf8");
}

/** The ways in which programs write a text that holds something secret. */
const writers: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text,
  encodeURIComponent: encodeURIComponent,
  encodeURI: encodeURI,
  "a form": (text) => new URLSearchParams({ v: text }).toString().slice(2),
  "Python's quote": (text) =>
    encodeURIComponent(text)
      .replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll("%2F", "/"),
  "a URL's password": (text) => {
    const url = new URL("http://user@host");
    url.password = text;
    return url.password;
  },
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
  hex: (text) => bytesOf(text).toString("hex"),
  "upper-case hex": (text) => bytesOf(text).toString("hex").toUpperCase(),
};

/** A text with some secrets in it, each written in some way. */
const scene = fc
  .array(secret, { minLength: 1, maxLength: 3 })
  .chain((secrets) =>
    fc.record({
      secrets: fc.constant(secrets),
      parts: fc.array(
        fc.oneof(
          filler,
          fc
            .tuple(fc.constantFrom(...secrets), fc.constantFrom(...Object.values(writers)))
            .map(([value, write]) => write(value.toWellFormed())),
          // The beginning of a secret, so that something must be held back for nothing.
          fc.constantFrom(...secrets).map((value) => value.slice(0, value.length / 2)),
        ),
        { maxLength: 8 },
      ),
      cuts: fc.array(fc.nat(200), { maxLength: 12 }),
    }),
  )
  .map(({ secrets, parts, cuts }) => ({ secrets, text: parts.join(""), cuts }));

function inChunks(text: string, cuts: readonly number[]): string[] {
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length];
  places.sort((a, b) => a - b);
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

function streamed(secrets: readonly string[], chunks: readonly string[]): string {
  const stream = createRedactor(secrets).stream();
  return chunks.map((chunk) => stream.push(chunk)).join("") + stream.end();
}

describe("createRedactor", () => {
  test("no secret is left in any text, however it is cut into chunks", () => {
    fc.assert(
      fc.property(scene, ({ secrets, text, cuts }) => {
        const shown = streamed(secrets, inChunks(text, cuts));
        for (const value of secrets) expect(shown).not.toContain(value);
      }),
    );
  });

  test("chunks do not change the result", () => {
    fc.assert(
      fc.property(scene, ({ secrets, text, cuts }) => {
        const whole = createRedactor(secrets).text(text);
        expect(streamed(secrets, inChunks(text, cuts))).toBe(whole);
        expect(streamed(secrets, [...text])).toBe(whole);
      }),
    );
  });

  test.each(Object.entries(writers))("masks a secret written as %s", (_, write) => {
    fc.assert(
      fc.property(longSecret, filler, filler, (value, before, after) => {
        const written = write(value.toWellFormed());
        const shown = createRedactor([value]).text(`${before}<${written}>${after}`);
        expect(shown).toContain(`<${mask}>`);
        expect(shown).not.toContain(written);
      }),
    );
  });

  test("masks base64 of a text that holds the secret at any offset, in both alphabets", () => {
    fc.assert(
      fc.property(
        longSecret,
        fc.uint8Array({ maxLength: 7 }),
        fc.uint8Array({ maxLength: 7 }),
        fc.constantFrom("base64" as const, "base64url" as const),
        (value, before, after, alphabet) => {
          const bytes = Buffer.concat([before, bytesOf(value), after]);
          const shown = createRedactor([value]).text(bytes.toString(alphabet));
          expect(shown).toContain(mask);
          // At most one character on each side belongs to the secret and a neighbour together.
          const alone = Math.ceil((before.length * 4) / 3) + Math.ceil((after.length * 4) / 3);
          expect(shown.replace(mask, "").length).toBeLessThanOrEqual(alone + 4);
        },
      ),
    );
  });

  test("masks the lines of a long base64 text", () => {
    const value = "Zq7#".repeat(40);
    const lines =
      bytesOf(value)
        .toString("base64")
        .match(/.{1,76}/g) ?? [];
    const shown = createRedactor([value]).text(lines.join("\n"));
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(shown).not.toContain(line);
  });

  test("masks what XML, HTML and Python's JSON make of a secret", () => {
    const redactor = createRedactor(["a<b>&\"c'd", "schlüssel-ß"]);
    expect(redactor.text("<f m='a&lt;b&gt;&amp;&quot;c&apos;d'>")).toBe(`<f m='${mask}'>`);
    expect(redactor.text("<i>a&lt;b&gt;&amp;\"c'd</i>")).toBe(`<i>${mask}</i>`);
    expect(redactor.text('"schl\\u00fcssel-\\u00df"')).toBe(`"${mask}"`);
  });

  test("masks each longer line of a secret that has several", () => {
    const key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG\nshort\n-----END KEY-----\n";
    const shown = createRedactor([key]).text("got MIIEvQIBADANBgkqhkiG\r\n  and more");
    expect(shown).toBe(`got ${mask}\r\n  and more`);
    expect(createRedactor([key]).text(key.trimEnd())).toBe(mask);
  });

  test("a secret that another one begins with is masked as well", () => {
    const secrets = ["token-1", "token-12345"];
    expect(createRedactor(secrets).text("token-12345 token-1 token-12")).toBe("*** *** ***2");
    expect(streamed(secrets, ["tok", "en-1", "2345 token-1", " token-12"])).toBe("*** *** ***2");
  });

  test.each([["a"], ["42"], ["p%s"], ['a"b'], ["ü"]])("masks the short secret %j", (value) => {
    const shown = createRedactor([value]).text(
      `<${value}> <${JSON.stringify(value).slice(1, -1)}>`,
    );
    expect(shown).toBe(`<${mask}> <${mask}>`);
  });

  test("text that holds no secret passes as it is", () => {
    const plain = fc.string({ unit: fc.constantFrom(..."äöüß ☃\n·日本"), maxLength: 200 });
    const ascii = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_=/+"), minLength: 1 });
    fc.assert(
      fc.property(plain, fc.array(ascii), fc.array(fc.nat(200)), (text, secrets, cuts) => {
        expect(streamed(secrets, inChunks(text, cuts))).toBe(text);
      }),
    );
  });

  test.each([[[]], [[""]], [["", "  ", "\n"]]])("%j masks nothing and holds nothing", (secrets) => {
    const stream = createRedactor(secrets).stream();
    expect(stream.push("a b\n\nc")).toBe("a b\n\nc");
    expect(stream.end()).toBe("");
  });

  test("holds back less than the longest form of a secret, whatever comes", () => {
    const value = `${"a".repeat(50)}b`;
    const stream = createRedactor([value]).stream();
    let [given, shown] = [0, 0];
    for (let round = 0; round < 200; round += 1) {
      given += 97;
      shown += stream.push("a".repeat(97)).length;
      expect(given - shown).toBeLessThan(value.length * 2);
    }
    expect(shown + stream.end().length).toBe(given);
  });

  test("large secrets and a lone half of a pair are no trouble", () => {
    const large = Array.from({ length: 40_000 }, (_, n) =>
      String.fromCodePoint(33 + (n % 90)),
    ).join("");
    expect(createRedactor([large]).text(`<${bytesOf(large).toString("base64url")}>`)).toContain(
      mask,
    );
    expect(createRedactor(["half \ud800 pair"]).text("a half \ud800 pair")).toBe(`a ${mask}`);
  });
});

test("redactValue masks every text in a value and nothing else", () => {
  const redactor = createRedactor(["hunter2!"]);
  const value = { a: ["x hunter2! y", 7, null, true], b: { c: "hunter2%21" }, d: undefined };
  expect(redactValue(value, redactor)).toEqual({
    a: [`x ${mask} y`, 7, null, true],
    b: { c: mask },
    d: undefined,
  });
});
