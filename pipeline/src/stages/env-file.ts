/** An `.env` file's entries: plain values, and those that only name another variable. */
export interface EnvFile {
  readonly values: Readonly<Record<string, string>>;
  /** Variables whose value is `${NAME}`: they are passed in from outside, if they are there. */
  readonly references: readonly string[];
}

const entry = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/;

/** Reads the `.env` form: comments, quotes, `export`, and `${NAME}` as a reference. */
export function parseEnvFile(text: string): EnvFile {
  const values: Record<string, string> = {};
  const references: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const match = entry.exec(line);
    if (!match) continue;
    const [, name = "", raw = ""] = match;
    const value = unquote(raw.trim());
    if (/^\$\{[A-Za-z_]\w*\}$/.test(value)) references.push(value.slice(2, -1));
    else values[name] = value;
  }
  return { values, references };
}

function unquote(raw: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(raw);
  if (quoted) return quoted[2] as string;
  return raw.replace(/\s+#.*$/, "").trim();
}
