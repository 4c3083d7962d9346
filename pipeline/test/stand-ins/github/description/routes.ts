import { description, type Operation } from "./description.ts";

export interface Route {
  readonly operation: Operation;
  /** The values in the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly method: string;
  readonly expression: RegExp;
  readonly names: readonly string[];
  readonly operation: Operation;
}

/** The operation that a request asks for: the one whose path says the most. */
export function routeOf(method: string, pathname: string): Route | undefined {
  patterns ??= allPatterns();
  for (const one of patterns) {
    if (one.method !== method.toLowerCase()) continue;
    const values = one.expression.exec(pathname)?.slice(1);
    if (!values) continue;
    const path = one.names.map((name, at) => [name, decodeURIComponent(values[at] as string)]);
    return { operation: one.operation, path: Object.fromEntries(path) };
  }
  return undefined;
}

let patterns: readonly Pattern[] | undefined;

/** The names of files and refs go on behind a slash; nothing else does. */
const severalSegments = new Set(["path", "ref"]);

function allPatterns(): readonly Pattern[] {
  const below = Object.entries(description().paths).filter(
    ([path]) => path === "/user" || path.startsWith("/repos/{owner}/{repo}"),
  );
  const fewestValuesFirst = below.toSorted(([a], [b]) => valuesIn(a).length - valuesIn(b).length);
  return fewestValuesFirst.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method,
      operation,
      names: valuesIn(path),
      expression: expressionOf(path),
    })),
  );
}

function valuesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] as string);
}

function expressionOf(path: string): RegExp {
  const source = path.replaceAll(/\{([^}]+)\}/g, (_, name) =>
    severalSegments.has(name) ? "(.+)" : "([^/]+)",
  );
  return new RegExp(`^${source}$`);
}
