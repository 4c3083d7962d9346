/** What a file of settings holds under names; nothing of it is to be trusted. */
export type Table = Readonly<Record<string, unknown>>;

export function isTable(value: unknown): value is Table {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A table, or an empty one where there is none. */
export function tableOf(value: unknown): Table {
  return isTable(value) ? value : {};
}
