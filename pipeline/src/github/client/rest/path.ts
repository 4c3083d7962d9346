/** A path in which each value is escaped; the words of a list become segments of their own. */
export function path(
  words: TemplateStringsArray,
  ...values: readonly (string | number | readonly string[])[]
): string {
  return String.raw({ raw: words }, ...values.map(escaped));
}

function escaped(value: string | number | readonly string[]): string {
  if (typeof value === "object") return value.map(encodeURIComponent).join("/");
  return encodeURIComponent(value);
}
