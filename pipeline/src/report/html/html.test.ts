import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../../../test/builders/text.ts";
import { logHtml } from "./ansi.ts";
import { html } from "./html.ts";
import { prose } from "./parts.ts";

describe("html", () => {
  it("escapes every value but what is HTML itself", () => {
    const inner = html`<b>${"<\"&'"}</b>`;
    expect(
      html`<p title="${'a"b'}">${inner}${[inner, inner]}${3}${undefined}${false}</p>`.html,
    ).toBe(
      '<p title="a&quot;b"><b>&lt;&quot;&amp;&#39;</b><b>&lt;&quot;&amp;&#39;</b><b>&lt;&quot;&amp;&#39;</b>3</p>',
    );
  });

  it("lets no text out of its place", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(html`${text}`.html).not.toMatch(/[<>"'\u202e]|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});

describe("logHtml", () => {
  it.each([
    ["\u001b[31mred\u001b[0m plain", '<span class="c1">red</span> plain'],
    [
      "\u001b[1;32mok\u001b[22m still\u001b[39m",
      '<span class="c2 b">ok</span><span class="c2"> still</span>',
    ],
    ["\u001b[90mgrey", '<span class="d">grey</span>'],
    ["\u001b[2J\u001b[1Aa\rb", "a\nb"],
    ["<script>", "&lt;script&gt;"],
    ["\u001b[38;5;1mx", "x"],
  ])("%j becomes %s", (text, expected) => {
    expect(logHtml(text).html).toBe(expected);
  });

  it("closes what it opens and keeps the end of what is long", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.string(), fc.constantFrom("\u001b[31m", "\u001b[1m", "\u001b[0m", "</span>")),
        ),
        (parts) => {
          const { html: text } = logHtml(parts.join(""));
          expect(text.split("<span").length).toBe(text.split("</span>").length);
        },
      ),
    );
    const long = logHtml(`${"line\n".repeat(100_000)}the end`).html;
    expect(long.length).toBeLessThan(201_000);
    expect(long).toMatch(/^… \d+ characters before this .*\nline\n/);
    expect(long).toMatch(/the end$/);
  });
});

describe("prose", () => {
  it("shows what stands between backticks as code", () => {
    expect(prose("`a<b` and `open").html).toBe("<code>a&lt;b</code> and `open");
  });
});
