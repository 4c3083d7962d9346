/** One thing that is set, in the words of gantry.yaml. Lists are sets: their order says nothing. */
export type Value = boolean | number | string | readonly string[];

/** What is set, by path: `checks.required`, `enforceAdmins`. What is missing is not set or not asked for. */
export type Settings = Readonly<Partial<Record<string, Value>>>;

export interface Drift {
  readonly path: string;
  readonly wanted: Value;
  /** Missing where GitHub has nothing of the kind. */
  readonly found: Value | undefined;
}

/** Where GitHub differs from what is wanted. What nobody asks for is not looked at. */
export function compare(wanted: Settings, found: Settings): Drift[] {
  return Object.entries(wanted).flatMap(([path, value]): Drift[] => {
    const there = found[path];
    return value === undefined || same(value, there) ? [] : [{ path, wanted: value, found: there }];
  });
}

function same(one: Value, other: Value | undefined): boolean {
  if (!isList(one) || !isList(other)) return one === other;
  const [a, b] = [new Set(one), new Set(other)];
  return a.size === b.size && [...a].every((item) => b.has(item));
}

export function isList(value: Value | undefined): value is readonly string[] {
  return Array.isArray(value);
}
