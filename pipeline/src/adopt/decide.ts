import type { Block, Lines, Wanted } from "./wanted.ts";

/** What becomes of one file. Only `create`, `merge` and `replace` are written. */
export type Decision =
  | { readonly kind: "create"; readonly path: string; readonly text: string }
  /** Lines are added, none is changed. */
  | {
      readonly kind: "merge";
      readonly path: string;
      readonly before: string;
      readonly text: string;
    }
  /** Asked for by name. */
  | {
      readonly kind: "replace";
      readonly path: string;
      readonly before: string;
      readonly text: string;
    }
  /** It is there and says something else: shown, not written. */
  | {
      readonly kind: "differs";
      readonly path: string;
      readonly before: string;
      readonly text: string;
    }
  | { readonly kind: "same"; readonly path: string }
  /** It is there, here or in another place, and belongs to whoever wrote it. */
  | { readonly kind: "theirs"; readonly path: string; readonly place: string };

export interface Existing {
  /** Every file of the repository. */
  readonly files: readonly string[];
  /** The text of a wanted file, where there is one. */
  readonly text: (path: string) => string | undefined;
}

/** wanted + existing → what is written, shown, or left; nothing that people wrote is lost. */
export function decide(wanted: Wanted, existing: Existing, forced: ReadonlySet<string>): Decision {
  const { path } = wanted;
  const before = existing.text(path);
  if (before === undefined) {
    const place = placeElsewhere(wanted, existing.files);
    if (place !== undefined && !forced.has(path)) return { kind: "theirs", path, place };
    return { kind: "create", path, text: wholeText(wanted) };
  }
  if (wanted.kind === "lines") return addLines(wanted, before);
  if (wanted.kind === "block") return addBlock(wanted, before, forced.has(path));
  if (unified(before) === unified(wanted.text)) return { kind: "same", path };
  if (forced.has(path)) return { kind: "replace", path, before, text: wanted.text };
  return wanted.kind === "seed"
    ? { kind: "theirs", path, place: path }
    : { kind: "differs", path, before, text: wanted.text };
}

/** A folder's settings are not what it holds. */
const settings = /\/config\.ya?ml$/;

/** The same file under another name, whatever its capitals. */
function placeElsewhere(
  { path, elsewhere = [] }: Wanted,
  files: readonly string[],
): string | undefined {
  const places = [path, ...elsewhere].map((place) => place.toLowerCase());
  return files.find((file) => {
    const name = file.toLowerCase();
    return places.some((place) =>
      place.endsWith("/") ? name.startsWith(place) && !settings.test(name) : name === place,
    );
  });
}

function wholeText(wanted: Wanted): string {
  switch (wanted.kind) {
    case "whole":
    case "seed":
      return wanted.text;
    case "lines":
      return `${wanted.lines.map(({ line }) => line).join("\n")}\n`;
    case "block":
      return `# ${wanted.title}\n\n${markedBlock(wanted)}\n`;
  }
}

function addLines({ path, lines }: Lines, before: string): Decision {
  const known = before.split(/\r?\n/).map((line) => line.trim());
  const missing = lines.filter(({ covers }) => !known.some(covers)).map(({ line }) => line);
  if (missing.length === 0) return { kind: "same", path };
  const end = lineEnd(before);
  const start = before === "" || before.endsWith("\n") ? before : before + end;
  return { kind: "merge", path, before, text: start + missing.map((line) => line + end).join("") };
}

/** Below the first heading, or on top. A block that somebody changed is shown like any other file. */
function addBlock(wanted: Block, before: string, forced: boolean): Decision {
  const { path } = wanted;
  const end = lineEnd(before);
  const block = markedBlock(wanted).replaceAll("\n", end);
  const [open, close] = marks(wanted);
  // A mark without its other half belongs to the page.
  const marked = new RegExp(`${open}(?:(?!${open})[\\s\\S])*?${close}`);
  if (marked.test(before)) {
    const text = before.replace(marked, () => block);
    if (text === before) return { kind: "same", path };
    return { kind: forced ? "replace" : "differs", path, before, text };
  }
  const at = belowHeading(before);
  const lead = at === 0 ? "" : end;
  const rest = before.slice(at);
  const gap = rest === "" || /^\r?\n/.test(rest) ? "" : end;
  const text = `${before.slice(0, at)}${lead}${block}${end}${gap}${rest}`;
  return { kind: "merge", path, before, text };
}

/** Where the line after the first `# Title` begins; 0 where the page has no such line on top. */
function belowHeading(text: string): number {
  const found = /^\s*(?:#[ \t][^\n]*|[^\n]+\n=+[ \t\r]*)\n/.exec(text);
  return found ? found[0].length : 0;
}

function markedBlock(wanted: Block): string {
  const [open, close] = marks(wanted);
  return `${open}\n\n${wanted.block}\n\n${close}`;
}

function marks({ name }: Block): [string, string] {
  return [`<!-- gantry:${name} -->`, `<!-- /gantry:${name} -->`];
}

function lineEnd(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** A checkout on Windows has other ends of lines; that is no difference. */
function unified(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
