import { found, ignored, type Recogniser } from "./recogniser.ts";

/** `src/a.py:1:8: F401 [*] message`; a syntax error has a word for a code. */
export const ruffConcise: Recogniser = () => (line) => {
  const match =
    /^(\S.*?):(\d+):(\d+): ([A-Z]+\d+|[a-z]+(?:-[a-z]+)+:|unformatted:|SyntaxError:)\s+(?:\[\*\] )?(.*)$/.exec(
      line,
    );
  if (!match) return undefined;
  const [, file, row, column, code, message] = match;
  return found({ file, line: row, column, rule: ruffRule(code as string), message, tool: "ruff" });
};

/** ruff's full form, rustc's and ty's: the message first, then ` --> src/a.py:1:8`. */
export const arrow: Recogniser = () => (line, before) => {
  const at = /^\s*--> (\S.*?):(\d+):(\d+)$/.exec(line);
  if (!at) return undefined;
  const [, file, row, column] = at;
  return found({ file, line: row, column, ...arrowHeader(before) });
};

function arrowHeader(header: string): {
  readonly rule?: string | undefined;
  readonly message: string;
  readonly severity?: string | undefined;
  readonly tool?: string | undefined;
} {
  const compiler = /^(error|warning)(?:\[([\w-]+)\])?: (.*)$/.exec(header);
  if (compiler) {
    return { severity: compiler[1], rule: compiler[2], message: compiler[3] as string };
  }
  const ruff = /^([A-Z]+\d+|[a-z]+(?:-[a-z]+)*:)\s+(?:\[[*-]\] )?(.*)$/.exec(header);
  if (!ruff) return { message: header.trim() };
  return { rule: ruffRule(ruff[1] as string), message: ruff[2] as string, tool: "ruff" };
}

function ruffRule(code: string): string {
  const rule = code.replace(/:$/, "");
  return rule === "unformatted" ? "format" : rule;
}

/** `Would reformat: src/a.py`: the whole file is meant. */
export const ruffFormat: Recogniser = () => (line) => {
  const match = /^Would reformat: (\S.*)$/.exec(line);
  if (!match) return undefined;
  return found({ file: match[1], message: "would be reformatted", rule: "format", tool: "ruff" });
};

/**
 * `src/a.py:3: error: message  [code]`. With `--pretty` the message goes on in the next lines; a
 * `note:` explains the error before it and is left to the log.
 */
export const mypy: Recogniser = () => {
  let open = false;
  return (line) => {
    const match =
      /^(\S.*?\.(?:pyi?|ipynb)):(\d+)(?::(\d+))?(?::\d+:\d+)?: (error|warning|note): (.*?)(?: {2}\[([\w-]+)\])?$/.exec(
        line,
      );
    if (!match) {
      const rest = open ? wrapped(line) : undefined;
      open = rest !== undefined && rest.rule === undefined;
      return rest && { kind: "continues", ...rest };
    }
    const [, file, row, column, severity, message, rule] = match;
    if (severity === "note") return ignored;
    open = rule === undefined;
    return found({ file, line: row, column, rule, message, severity, tool: "mypy" });
  };
};

function wrapped(line: string): { text: string; rule?: string } | undefined {
  const match = /^(\S.*?)(?: {2}\[([\w-]+)\])?$/.exec(line);
  if (!match || /^(?:Found|Success|\S+:\d+)/.test(line)) return undefined;
  const [, text, rule] = match;
  return { text: ` ${text}`, ...(rule === undefined ? {} : { rule }) };
}

/**
 * pytest's short traceback: `tests/conftest.py:8: in <module>` for each frame, innermost last, then
 * `E   message`. The place is the last frame that is no library's.
 */
export const pytestTraceback: Recogniser = () => {
  let place: RegExpExecArray | undefined;
  return (line) => {
    const frame = /^(\S.*?\.pyx?):(\d+): in \S/.exec(line);
    if (frame) {
      if (!/(^|[\\/])(site-packages|\.venv)[\\/]/.test(frame[1] as string)) place = frame;
      return ignored;
    }
    const message = /^E {3}(\S.*)$/.exec(line)?.[1];
    if (!place || message === undefined) return undefined;
    const [, file, row] = place;
    place = undefined;
    return found({ file, line: row, message, tool: "pytest" });
  };
};
