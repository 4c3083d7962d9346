import type { Finding } from "../../execute/run.ts";

/** What was recognised in a line, or that the line goes on with the finding before it. */
export type Recognised =
  | ({ readonly kind: "finding" } & Finding)
  | { readonly kind: "continues"; readonly text: string; readonly rule?: string };

/**
 * Reads one line of a tool's output. `before` is the last line that was not blank. A recogniser
 * may remember what it has seen: one is made for every output that is read.
 */
export type Recognise = (line: string, before: string) => Recognised | undefined;

export type Recogniser = () => Recognise;

/** The answer to a line that is known and tells nothing by itself: nobody else shall read it. */
export const ignored: Recognised = { kind: "continues", text: "" };

/** The parts of a finding as they stand in a line. */
export interface Parts {
  readonly file: string | undefined;
  readonly line?: string | undefined;
  readonly column?: string | undefined;
  readonly rule?: string | undefined;
  readonly message: string | undefined;
  readonly severity?: string | undefined;
  readonly tool?: string | undefined;
}

/** A finding from a line's parts; what names no file says nothing. */
export function found(parts: Parts): Recognised | undefined {
  const { file, line, column, rule, message, severity, tool } = parts;
  if (!file) return undefined;
  return {
    kind: "finding",
    file: file.trim(),
    line: numberOf(line) ?? 1,
    ...optional("column", numberOf(column)),
    ...optional("rule", rule),
    message: message?.trim() ?? "",
    severity: /^(?:warn|note|info|!|⚠)/i.test(severity ?? "") ? "warning" : "error",
    ...optional("tool", tool),
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

function numberOf(text: string | undefined): number | undefined {
  const number = Number(text);
  return text && Number.isSafeInteger(number) ? number : undefined;
}

const extensions = new Set(
  (
    "py pyi ipynb js jsx mjs cjs ts tsx mts cts vue svelte astro css scss sass less html htm " +
    "json jsonc json5 yaml yml toml md mdx rst txt sh bash zsh go rs rb java kt kts c h cc cpp hpp " +
    "cs php sql tf hcl ini cfg conf xml proto graphql gql swift scala lua pl ex exs dart lock env"
  ).split(" "),
);

/** Whether a word is a source file's name and not a host, a version or a time. */
export function isSourceName(name: string): boolean {
  const base = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  if (/^(?:[\w.-]*\.)?dockerfile(?:\.[\w.-]+)?$/i.test(base)) return true;
  const dot = base.lastIndexOf(".");
  return dot >= 0 && !name.includes("://") && extensions.has(base.slice(dot + 1).toLowerCase());
}
