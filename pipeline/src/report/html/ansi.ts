import { cutStart } from "./cut.ts";
import { type Html, html, nothing } from "./html.ts";

const longest = 200_000;

/**
 * A log as HTML, with the colours that tools write for terminals. Everything else that a terminal
 * would do is left out; a colour is one span, never nested, so nothing stays open.
 */
export function logHtml(text: string): Html {
  let style: Style = plain;
  const parts = tokensOf(cutStart(text, longest)).map((token) => {
    if (token.kind === "text") return styled(token.text, style);
    style = plainCodes(token.codes).reduce(styleAfter, style);
    return nothing;
  });
  return html`${parts}`;
}

/** Class names: `c1` to `c6` for colours, `b` for bold and `d` for dim. */
interface Style {
  readonly colour: string;
  readonly weight: string;
}

const plain: Style = { colour: "", weight: "" };

type Token = { kind: "text"; text: string } | { kind: "style"; codes: readonly number[] };

function tokensOf(text: string): Token[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  const pieces = text.split(/\u001b\[([\d;]*)m/);
  return pieces.map((piece, index) =>
    index % 2 === 0
      ? { kind: "text", text: piece }
      : { kind: "style", codes: piece.split(";").map(Number) },
  );
}

function styled(text: string, { colour, weight }: Style): Html {
  if (text === "") return nothing;
  const names = `${colour} ${weight}`.trim();
  return names === "" ? html`${text}` : html`<span class="${names}">${text}</span>`;
}

/** Colours from a palette are left out: 38 and 48 take the numbers after them. */
function plainCodes(codes: readonly number[]): readonly number[] {
  const palette = codes.findIndex((code) => code === 38 || code === 48);
  return palette < 0 ? codes : codes.slice(0, palette);
}

function styleAfter(style: Style, code: number): Style {
  if (code === 0) return plain;
  if (code === 1) return { ...style, weight: "b" };
  if (code === 2) return { ...style, weight: "d" };
  if (code === 22) return { ...style, weight: "" };
  if (code === 39) return { ...style, colour: "" };
  return isColour(code) ? { ...style, colour: colourName(code) } : style;
}

function isColour(code: number): boolean {
  return (code >= 30 && code <= 37) || (code >= 90 && code <= 97);
}

/** White and black are the page's own; bright black is how terminals write grey. */
function colourName(code: number): string {
  if (code === 90) return "d";
  const name = code % 10;
  return name > 0 && name < 7 ? `c${name}` : "";
}
