import type { Placer } from "./place.ts";

export interface PytestName {
  readonly name: string;
  readonly suite?: string | undefined;
  readonly file?: string | undefined;
}

/**
 * pytest joins the file's path and the classes with dots. Modules are lower case and classes are
 * not, by convention; the last part that looks like a test module decides where there is one.
 */
export function pytestName(className: string, name: string, place: Placer): PytestName {
  if (className === "") return collected(name, place);
  const parts = className.split(".");
  const end = moduleEnd(parts);
  const suite = parts.slice(end).join("::");
  const file = place(`${parts.slice(0, end).join("/")}.py`);
  return { name, ...(suite ? { suite } : {}), file };
}

/** What could not be collected has its module for a name; its file says the same better. */
function collected(name: string, place: Placer): PytestName {
  const isModule = /^[\w-]+(?:\.[\w-]+)*$/.test(name);
  const file = isModule ? place(`${name.replaceAll(".", "/")}.py`) : undefined;
  return { name: file ?? name, file };
}

function moduleEnd(parts: readonly string[]): number {
  const module = parts.findLastIndex((part) => /^test_|_test$|^tests?$/.test(part));
  if (module >= 0) return module + 1;
  const firstClass = parts.findIndex((part) => /^[A-Z]/.test(part));
  return firstClass > 0 ? firstClass : parts.length;
}
