import { found, ignored, isSourceName, type Recogniser } from "./recogniser.ts";

/** `src/a.ts(1,2): error TS2322: message`, and with `--pretty` `src/a.ts:1:2 - error TS2322: …`. */
export const tsc: Recogniser = () => (line) => {
  const match =
    /^(\S.*?)\((\d+),(\d+)\): (error|warning) ([A-Z]+\d+): (.*)$/.exec(line) ??
    /^(\S.*?):(\d+):(\d+) - (error|warning) ([A-Z]+\d+): (.*)$/.exec(line);
  if (!match) return undefined;
  const [, file, row, column, severity, rule, message] = match;
  return found({ file, line: row, column, rule, message, severity, tool: "tsc" });
};

/** eslint's and stylelint's usual form: a file's name, then its findings below, indented. */
export const eslint: Recogniser = () => {
  let file = "";
  return (line) => {
    if (/^\S/.test(line)) file = line.trim();
    const match =
      /^\s+(\d+):(\d+)\s+(error|warning|[✖×⚠])\s+(\S.*?)(?:\s{2,}([@\w][\w@/-]*))?\s*$/.exec(line);
    if (!match || !isSourceName(file)) return undefined;
    const [, row, column, severity, message, rule] = match;
    const tool = /^\w/.test(severity as string) ? "eslint" : "stylelint";
    return found({ file, line: row, column, rule, message, severity, tool });
  };
};

/** `[warn] src/a.ts`: its format is off. `[error] src/a.ts: SyntaxError: … (2:1)`: not readable. */
export const prettier: Recogniser = () => (line) => {
  const match = /^\[(warn|error)\] (\S.*?)(?:: (\w*Error: .*?) \((\d+):(\d+)\))?$/.exec(line);
  if (!match || !isSourceName(match[2] as string)) return undefined;
  const [, , file, broken, row, column] = match;
  const message = broken ?? "is not formatted as prettier would";
  return found({ file, line: row, column, rule: "format", message, tool: "prettier" });
};

/** biome: a heading with place and rule, then the message. */
export const biome: Recogniser = () => {
  let heading: RegExpExecArray | undefined;
  return (line) => {
    const next = /^(\S.*?)(?::(\d+):(\d+))? ([a-z]\w*(?:\/\S+)?)(?: +[A-Z]+)* +━{3,}$/.exec(line);
    if (next) {
      heading = next;
      return ignored;
    }
    const message = /^ {2}([×✖!i]) (.+)$/.exec(line);
    if (!message || !heading) return undefined;
    const [, file, row, column, rule] = heading;
    heading = undefined;
    return found({
      file,
      line: row,
      column,
      rule,
      message: rule === "format" ? "is not formatted as biome would" : message[2],
      severity: message[1],
      tool: "biome",
    });
  };
};
