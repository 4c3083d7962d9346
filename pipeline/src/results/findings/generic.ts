import { found, type Parts, type Recogniser } from "./recogniser.ts";

/** `::error file=src/a.ts,line=2,col=7,title=rule::message`, as tools write for GitHub. */
export const workflowCommand: Recogniser = () => (line) => {
  const match = /^::(error|warning|notice) ([^:]*(?::[^:]+)*?)::(.*)$/.exec(line);
  if (!match) return undefined;
  const [, severity, properties, message] = match;
  const value = (key: string): string | undefined => {
    const pair = properties?.split(",").find((part) => part.trim().startsWith(`${key}=`));
    return pair === undefined ? undefined : decode(pair.trim().slice(key.length + 1));
  };
  return found({
    file: value("file"),
    line: value("line"),
    column: value("col"),
    rule: value("title"),
    message: decode(message as string),
    severity: severity === "error" ? "error" : "warning",
  });
};

function decode(text: string): string {
  const codes: Readonly<Record<string, string>> = {
    "%0A": " ",
    "%0D": "",
    "%3A": ":",
    "%2C": ",",
    "%25": "%",
  };
  return text.replace(/%(?:0A|0D|3A|2C|25)/gi, (code) => codes[code.toUpperCase()] ?? code);
}

/**
 * What most tools write: `file:line:column: message`, with a severity before the message and a
 * rule at either end of it.
 */
export const generic: Recogniser = () => (line) => {
  const match = /^((?:[A-Za-z]:[\\/])?[^\s:][^:]*):(\d+)(?::(\d+))?(?::|:? -|(?= ))\s+(\S.*)$/.exec(
    line,
  );
  if (!match || /^[^ ]*:\/\//.test(line)) return undefined;
  const [, file, row, column, rest] = match;
  return found({ file, line: row, column, ...partsOf(rest as string) });
};

/** Severity and rule out of a message, each at most once. */
function partsOf(text: string): Pick<Parts, "severity" | "rule" | "message"> {
  const first = severityOf(text);
  const code = /^([A-Z]{1,8}\d{2,6}):?\s+(.*)$/.exec(first.rest);
  const second = code && !first.severity ? severityOf(code[2] as string) : first;
  const message = code && first.severity ? (code[2] as string) : second.rest;
  const end = /^(.*\S)\s+[[(]([A-Za-z@][\w@/.-]*)[\])]$/.exec(message);
  return {
    severity: first.severity ?? second.severity,
    rule: code?.[1] ?? end?.[2],
    message: !code && end ? end[1] : message,
  };
}

function severityOf(text: string): { severity?: string | undefined; rest: string } {
  const match = /^\[?(fatal error|error|warning|warn|note|info|style)\b\]?:?\s+(.*)$/i.exec(text);
  return match ? { severity: match[1], rest: match[2] as string } : { rest: text };
}
