import { parse } from "smol-toml";
import { reasonOf } from "./reason.ts";

export type Table = Record<string, unknown>;

/** A table of a table; an empty one where there is none. */
export function tableAt(table: Table, key: string): Table {
  const value = table[key];
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Table)
    : {};
}

/** Reads TOML; says in words why it cannot. */
export function readToml(text: string): { table: Table } | { why: string } {
  try {
    return { table: parse(text) as Table };
  } catch (error) {
    return { why: reasonOf(error) };
  }
}
