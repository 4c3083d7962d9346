import parseExpression from "spdx-expression-parse";

/** A licence in SPDX's words, or as its package has it, where these are others. */
export type Licence = { readonly expression: string } | { readonly name: string };

export function licenceOf(text: string): Licence {
  const trimmed = text.trim();
  try {
    parseExpression(trimmed);
    return { expression: trimmed };
  } catch {
    return { name: trimmed };
  }
}
