import { visibleText } from "../visible.ts";

/** Text that is HTML already. Only {@link html} makes it, so that nothing is left unescaped. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[] | undefined | false;

/** A template whose values are escaped, but for what is HTML itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  const parts = strings.flatMap((text, index) =>
    index === 0 ? [text] : [render(values[index - 1]), text],
  );
  return { html: parts.join("") };
}

export const nothing: Html = { html: "" };

/** Our own text that goes in as it stands: style and script, never anything from outside. */
export function verbatim(text: string): Html {
  return { html: text };
}

function render(value: Part): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number") return String(value);
  return "html" in value ? value.html : value.map((part) => part.html).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (sign) => entities[sign] as string);
}
