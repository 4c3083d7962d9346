import { compareVersions } from "../versions/kind.ts";
import { parsePythonVersion } from "../versions/pep440.ts";

const form =
  /^(\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*)\(?([^;()#@]*?)\)?(\s*(?:[;#][\s\S]*|\\)?)$/;
const clause = /^(~=|===?|!=|<=|>=|<|>)\s*([^\s,]+)$/;

/**
 * A Python requirement whose range reaches a newer version, or nothing where it asks for something
 * else, or reaches it already. Only what stands in the way moves; lower bounds stay.
 */
export function raiseRequirement(text: string, name: string, latest: string): string | undefined {
  const [, head, written, range, tail = ""] = form.exec(text) ?? [];
  if (head === undefined || written === undefined || !range) return undefined;
  if (plainName(written) !== plainName(name)) return undefined;
  const clauses = range.split(",").map((one) => one.trim());
  const raised = clauses.map((one) => raiseClause(one, latest));
  if (raised.includes(undefined)) return undefined;
  const changed = raised.some((one, at) => one !== clauses[at]);
  return changed ? `${head}${raised.join(range.includes(", ") ? ", " : ",")}${tail}` : undefined;
}

/** As PyPI compares names. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}

function raiseClause(text: string, latest: string): string | undefined {
  const [, operator, version] = clause.exec(text) ?? [];
  const release = parsePythonVersion(latest)?.release;
  if (!operator || !version || !release) return undefined;
  const parts = version.replace(/\.\*$/, "").split(".").length;
  switch (operator) {
    case "==":
      return version.endsWith(".*") ? `==${cut(release, parts)}.*` : `==${latest}`;
    case "===":
      return `===${latest}`;
    case "~=":
      return `~=${cut(release, parts)}`;
    case "<":
    case "<=":
      return admits(operator, version, latest) ? text : `<${above(release)}`;
    default:
      return text;
  }
}

function cut(release: readonly number[], parts: number): string {
  return Array.from({ length: parts }, (_, at) => release[at] ?? 0).join(".");
}

function admits(operator: "<" | "<=", bound: string, version: string): boolean {
  const order = compareVersions("python", version, bound);
  return operator === "<" ? order < 0 : order <= 0;
}

/** The next version that may break what works: below 1.0 that is the second number. */
function above([major = 0, minor = 0]: readonly number[]): string {
  return major === 0 ? `0.${minor + 1}` : String(major + 1);
}
