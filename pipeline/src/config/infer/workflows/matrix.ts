type Table = Readonly<Record<string, unknown>>;

const expression = /\$\{\{\s*matrix\.([\w.-]+)\s*\}\}/g;
const mostValues = 50;

/**
 * A line of shell with each value that a job's matrix has for what the line names; unchanged where
 * it names nothing of the matrix, or more than one thing.
 */
export function matrixLines(line: string, matrix: Table): string[] {
  const named = new Set([...line.matchAll(expression)].map(([, path]) => path as string));
  const [path] = named;
  if (path === undefined || named.size > 1) return [line];
  const values = valuesAt(path.split("."), matrix).slice(0, mostValues);
  // A value of several lines would be other lines, of which the first alone has what stands before.
  const lines = values.flatMap((value) => line.replaceAll(expression, () => value).split("\n"));
  return lines.length > 0 ? lines : [line];
}

function valuesAt([key = "", ...inner]: readonly string[], matrix: Table): string[] {
  const listed = Array.isArray(matrix[key]) ? matrix[key] : [];
  const included = Array.isArray(matrix.include) ? matrix.include : [];
  const own = [...listed, ...included.map((entry) => tableOf(entry)[key])];
  const found = own.map((value) => inner.reduce((at, part) => tableOf(at)[part], value));
  return [...new Set(found.filter((value) => typeof value === "string"))];
}

function tableOf(value: unknown): Table {
  return value !== null && typeof value === "object" ? (value as Table) : {};
}
