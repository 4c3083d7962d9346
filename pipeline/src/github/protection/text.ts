import { visibleLine } from "../../report/visible.ts";
import type { Part } from "./protect.ts";
import { type Drift, isList, type Value } from "./settings.ts";

/** The drift as a difference: `-` is what GitHub has, `+` what is wanted. */
export function protectionText(parts: readonly Part[]): string {
  return parts.map(partText).join("");
}

function partText({ name, kind, drift, mended, absent, failure, warnings }: Part): string {
  const nothing = drift.length + mended.length === 0 && !failure;
  const end = absent ? ": not on GitHub, so nothing is protected" : nothing ? ": as wanted" : "";
  const head = `${visibleLine(name)} (${kind})${end}`;
  const lines = [
    head,
    ...mended.map((one) => `  mended ${one.path}: ${shown(one.found)} → ${shown(one.wanted)}`),
    ...drift.flatMap(difference),
    ...(failure ? ["  not known, see below"] : []),
    ...warnings.map((warning) => `  warning: ${visibleLine(warning)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function difference({ path, wanted, found }: Drift): string[] {
  return [`  - ${path}: ${shown(found)}`, `  + ${path}: ${shown(wanted)}`];
}

function shown(value: Value | undefined): string {
  if (value === undefined) return "not set";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (isList(value)) return visibleLine(value.join(", ")) || "none";
  return visibleLine(String(value));
}
