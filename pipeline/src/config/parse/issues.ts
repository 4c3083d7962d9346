import type { z } from "zod";
import type { Place, Problem } from "../../errors/problem.ts";
import { nearest } from "../nearest.ts";
import { keysAt } from "../reference/schema-walk.ts";

type Issue = z.core.$ZodIssue;
type Locate = (path: readonly PropertyKey[]) => Place;

/** Turns one of zod's issues into what a person reads: what was found, what is allowed, the mend. */
export function problemsOfIssue(issue: Issue, written: unknown, locate: Locate): Problem[] {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(issue.path, key, locate));
    case "invalid_union":
      return unionProblems(issue, written, locate);
    case "invalid_key":
      return [badKey(issue, locate)];
    case "invalid_type":
      return [wrongType(issue, written, locate)];
    default:
      return [badValue(issue, written, locate)];
  }
}

function unknownKey(path: readonly PropertyKey[], key: string, locate: Locate): Problem {
  const known = keysAt(path);
  const near = nearest(key, known);
  return {
    code: "GANTRY-CONFIG-UNKNOWN-KEY",
    ...locate([...path, key]),
    message: `\`${key}\` is no key of ${where(path)}; known are ${known.join(", ") || "none"}`,
    mend: near ? `write \`${near}\`` : `take \`${key}\` out`,
  };
}

/** Of a union's branches, the one that got furthest says what is wrong. */
function unionProblems(
  issue: Extract<Issue, { code: "invalid_union" }>,
  written: unknown,
  locate: Locate,
): Problem[] {
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const deep = branches.toSorted((a, b) => depthOf(b) - depthOf(a))[0];
  if (deep && depthOf(deep) > 0) {
    return deep.flatMap((inner) =>
      problemsOfIssue({ ...inner, path: [...issue.path, ...inner.path] }, written, locate),
    );
  }
  const value = valueAt(written, issue.path);
  const sameType = branches.find((branch) => branch.every((i) => i.code !== "invalid_type"));
  if (sameType?.[0] && branches.length > 0) {
    return [badValue({ ...sameType[0], path: issue.path }, written, locate)];
  }
  const wanted = branches
    .flat()
    .flatMap(withoutUnions)
    .map((inner) => (inner.code === "invalid_type" ? named(inner.expected) : allowedBy(inner)));
  return [
    {
      code: "GANTRY-CONFIG-WRONG-TYPE",
      ...locate(issue.path),
      message: `${where(issue.path)} is ${show(value)}; allowed is ${[...new Set(wanted)].join(" or ")}`,
      mend: `write ${[...new Set(wanted)].join(" or ")}`,
    },
  ];
}

/** How far into the value a branch came before it said no. */
function depthOf(branch: readonly Issue[]): number {
  return Math.max(
    ...branch.map((issue) => {
      if (issue.code === "unrecognized_keys") return issue.path.length + 1;
      if (issue.code !== "invalid_union") return issue.path.length;
      return (
        issue.path.length + Math.max(0, ...issue.errors.filter((e) => e.length > 0).map(depthOf))
      );
    }),
  );
}

function withoutUnions(issue: Issue): Issue[] {
  return issue.code === "invalid_union" ? issue.errors.flat().flatMap(withoutUnions) : [issue];
}

function badKey(issue: Extract<Issue, { code: "invalid_key" }>, locate: Locate): Problem {
  const key = String(issue.path.at(-1));
  return {
    code: "GANTRY-CONFIG-INVALID-VALUE",
    ...locate(issue.path),
    message: `\`${key}\` cannot be a name in ${where(issue.path.slice(0, -1))}`,
    mend: describeKeyRule(issue, key),
  };
}

function describeKeyRule(issue: Extract<Issue, { code: "invalid_key" }>, key: string): string {
  const rule = issue.issues[0];
  if (rule?.code === "invalid_value") {
    const allowed = rule.values.map(String);
    return `write ${nearest(key, allowed) ?? `one of ${allowed.join(", ")}`}`;
  }
  return "use letters, digits, `-` and `_`, beginning with a letter or a digit";
}

function wrongType(
  issue: Extract<Issue, { code: "invalid_type" }>,
  written: unknown,
  locate: Locate,
): Problem {
  const value = valueAt(written, issue.path);
  if (value === undefined) {
    const key = String(issue.path.at(-1));
    return {
      code: "GANTRY-CONFIG-MISSING",
      ...locate(issue.path),
      message: `\`${key}\` is missing in ${where(issue.path.slice(0, -1))}`,
      mend: `add \`${key}:\` with ${named(issue.expected)}`,
    };
  }
  return {
    code: "GANTRY-CONFIG-WRONG-TYPE",
    ...locate(issue.path),
    message: `${where(issue.path)} is ${show(value)}; allowed is ${named(issue.expected)}`,
    mend: `write ${named(issue.expected)}`,
  };
}

/** zod's names of types in a person's words. */
function named(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    boolean: "`true` or `false`",
    string: "a text",
    number: "a number",
    int: "a whole number",
    array: "a list",
    object: "a map",
    record: "a map",
  };
  return words[expected] ?? `a ${expected}`;
}

function allowedBy(issue: Issue): string {
  if (issue.code !== "invalid_value") return describeIssue(issue);
  return issue.values.map((value) => `\`${String(value)}\``).join(" or ");
}

function badValue(issue: Issue, written: unknown, locate: Locate): Problem {
  const value = valueAt(written, issue.path);
  const allowed = issue.code === "invalid_value" ? issue.values.map(String) : [];
  const near = typeof value === "string" ? nearest(value, allowed) : undefined;
  const own = issue.code === "custom" ? (issue.params as Partial<Problem> | undefined) : undefined;
  if (own?.code && own.mend) {
    return { ...locate(issue.path), code: own.code, message: issue.message, mend: own.mend };
  }
  return {
    code: "GANTRY-CONFIG-INVALID-VALUE",
    ...locate(issue.path),
    message: `${where(issue.path)} is ${show(value)}; ${describeIssue(issue)}`,
    mend: near ? `write \`${near}\`` : `write a value that fits: ${describeIssue(issue)}`,
  };
}

/** The schema's own words where it has some; a pattern says little to a person. */
function describeFormat(issue: Extract<Issue, { code: "invalid_format" }>): string {
  if (!issue.message.startsWith("Invalid")) return issue.message;
  if (issue.format === "starts_with" && "prefix" in issue) {
    return `it must begin with \`${String(issue.prefix)}\``;
  }
  return issue.pattern ? `it must match ${issue.pattern}` : `it must be a ${issue.format}`;
}

function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case "invalid_value":
      return `allowed is ${issue.values.map((value) => `\`${String(value)}\``).join(", ")}`;
    case "too_small":
      return `the least is ${issue.minimum}`;
    case "too_big":
      return `the most is ${issue.maximum}`;
    case "invalid_format":
      return describeFormat(issue);
    default:
      return issue.message.replace(/^Invalid input: /, "");
  }
}

function where(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "the config" : `\`${path.map(String).join(".")}\``;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      at !== null && typeof at === "object" ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

function show(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  const text = JSON.stringify(value) ?? "missing";
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}
