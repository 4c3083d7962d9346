import type { TestFailure } from "../../execute/run.ts";
import type { Colour, Words } from "../words.ts";
import { type Html, html, nothing } from "./html.ts";

/** An outcome as a coloured pill. */
export function pill({ symbol, word, colour }: Words): Html {
  return html`<span class="pill ${colour}">${symbol} ${word}</span>`;
}

export function section(id: string, title: string, body: Html, aside: Html = nothing): Html {
  return html`<section id="${id}"><div class="split"><h2>${title}</h2>${aside}</div>${body}</section>
`;
}

/** A button that opens, or closes, everything folded in a section. */
export function toggle(id: string): Html {
  return html`<button type="button" data-toggle="${id}">open or close all</button>`;
}

export interface Bar {
  /** Where it begins and how long it is, from 0 to 100. */
  readonly from: number;
  readonly length: number;
  readonly colour: Colour;
  /** A mark across it, such as a gate. */
  readonly mark?: number | undefined;
  /** What fills the bar behind it. */
  readonly rest?: Colour | undefined;
  readonly thin?: boolean;
  readonly track?: boolean;
}

/** A bar as a picture, since the page's policy allows no style of an element's own. */
export function bar({ from, length, colour, mark, rest, thin, track }: Bar): Html {
  return html`<svg class="bar${thin ? " thin" : ""}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${
    rest !== undefined && html`<rect class="${rest}" width="100" height="10"></rect>`
  }${
    track && html`<rect class="track" y="4.5" width="100" height="1"></rect>`
  }<rect class="${colour}" x="${round(from)}" width="${round(Math.max(length, 0.3))}" height="10"></rect>${
    mark !== undefined &&
    html`<rect class="mark" x="${round(mark)}" width="0.4" height="10"></rect>`
  }</svg>`;
}

function round(value: number): number {
  return Math.round(Math.min(100, Math.max(0, value)) * 100) / 100;
}

export function place({
  file,
  line,
  column,
}: {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}): string {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}

/** Sentences in which words stand between backticks, as code. */
export function prose(text: string): Html {
  const parts = text.split(/`([^`]+)`/);
  return html`${parts.map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))}`;
}

export function failurePlace(failure: TestFailure): Html {
  return failure.file ? html`<span class="mono soft">${place(failure)}</span>` : nothing;
}
