import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../../../test/builders/text.ts";
import { visibleLine } from "../visible.ts";
import { code, codeBlock, inline, prose } from "./escape.ts";

const nasty = fc.oneof(
  anyText,
  fc
    .array(
      fc.constantFrom(
        "`",
        "``",
        "|",
        "<b>",
        "\n",
        "@ada",
        "#1",
        "\u202e",
        "[x](y)",
        "https://a.b",
        "www.a.b",
        "*",
        "_",
        "\\",
        "&amp;",
        " ",
        "$x$",
        "</details>",
      ),
    )
    .map((parts) => parts.join("")),
);

/** What a reader sees: entities resolved, the unseen joint taken out. */
function seen(markdown: string): string {
  return markdown
    .replace(/&#(\d+);/g, (_, point) => String.fromCharCode(Number(point)))
    .replaceAll("\u200b", "");
}

describe("inline", () => {
  it.each([
    ["a | b", "a &#124; b"],
    ["<img src=x>", "&#60;img src=x&#62;"],
    ["@ada #1", "&#64;&#8203;ada &#35;&#8203;1"],
    ["see https://evil.example", "see https&#58;&#8203;//evil.example"],
    ["two\nlines", "two ⏎ lines"],
    ["a\u202eb", "ab"],
  ])("%j becomes %j", (text, expected) => {
    expect(inline(text)).toBe(expected);
  });

  it("leaves no sign that Markdown, HTML or GitHub would act upon", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const escaped = inline(text, 10_000);
        expect(escaped.replace(/&#\d+;/g, "")).not.toMatch(/[&<>`*_[\]\\|~#@!$\n]|:\/\/|www\./i);
        expect(seen(escaped)).toBe(visibleLine(text));
      }),
    );
  });
});

describe("prose", () => {
  it.each([
    ["`os` imported but <unused>", "`os` imported but &#60;unused&#62;"],
    ["`a``b` and `open", "`a`&#8203;`b` and &#96;open"],
    ["", ""],
  ])("%j becomes %j", (text, expected) => {
    expect(prose(text)).toBe(expected);
  });

  it("leaves no sign outside its code", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const outside = prose(text, 10_000).replace(/`[^`]+`/g, "");
        expect(outside.replace(/&#\d+;/g, "")).not.toMatch(/[&<>`*_[\]\\|~#@!$\n]/);
      }),
    );
  });
});

describe("code", () => {
  it.each([
    ["plain", "`plain`"],
    ["a`b", "``a`b``"],
    ["`a", "`` `a ``"],
    ["", ""],
  ])("%j becomes %j", (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it("cannot be ended from inside", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const span = code(text);
        if (span === "") return;
        const fence = /^`+/.exec(span)?.[0] as string;
        const inner = span.slice(fence.length, -fence.length);
        expect(inner.match(/`+/g) ?? []).not.toContain(fence);
        expect(span).not.toContain("\n");
        expect(inner).not.toMatch(/^`|`$/);
      }),
    );
  });
});

describe("codeBlock", () => {
  it("cannot be ended from inside", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const block = codeBlock(text, "sh");
        const fence = /^`+/.exec(block)?.[0] as string;
        expect(block.startsWith(`${fence}sh\n`) && block.endsWith(`\n${fence}`)).toBe(true);
        const inner = block.slice(fence.length + 3, -fence.length - 1);
        expect(inner).not.toContain(fence);
      }),
    );
  });
});
