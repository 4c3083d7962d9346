import { found, isSourceName, type Recogniser } from "./recogniser.ts";

/** rollup: `src/main.ts (2:9): "foo" is not exported by …`. */
export const rollup: Recogniser = () => (line) => {
  const match = /^(\S.*?) \((\d+):(\d+)\): (.+)$/.exec(line);
  if (!match) return undefined;
  const [, file, row, column, message] = match;
  return found({ file, line: row, column, message, tool: "vite" });
};

/** vite: the message, then `file: /abs/src/main.ts:2:9`, unless the message told the place too. */
export const viteFile: Recogniser = () => (line, before) => {
  const match = /^file: (\S.*?):(\d+):(\d+)$/.exec(line);
  if (!match) return undefined;
  const [, file, row, column] = match;
  if (before.includes(`${row}:${column}`)) return undefined;
  return found({ file, line: row, column, message: withoutLabel(before), tool: "vite" });
};

/** rolldown draws `╭─[ src/main.ts:1:15 ]`; esbuild indents `src/main.ts:1:15:`. */
export const boxed: Recogniser = () => (line, before) => {
  const match =
    /^\s*╭─+\[ (\S.*?):(\d+):(\d+) \]/.exec(line) ?? /^ {4}(\S.*?):(\d+):(\d+):$/.exec(line);
  if (!match) return undefined;
  const [, file, row, column] = match;
  const severity = /\bwarn/i.exec(before)?.[0];
  return found({ file, line: row, column, message: withoutLabel(before), severity, tool: "vite" });
};

/** `Rollup failed to resolve import "x" from "/abs/src/main.ts".` */
export const unresolved: Recogniser = () => (line) => {
  const match = /failed to resolve import "([^"]+)" from "([^"]+)"/i.exec(line);
  if (!match) return undefined;
  return found({ file: match[2], message: `cannot resolve import "${match[1]}"`, tool: "vite" });
};

function withoutLabel(line: string): string {
  return line.replace(/^\s*(?:[✗✘×]\s*)?(?:\[[\w: -]+\]\s*)*(?:(?:Syntax)?Error:\s*)?/i, "").trim();
}

/**
 * Docker: `Dockerfile:12`, the lines around it with `>>>` at the one that failed, and last why.
 */
export const docker: Recogniser = () => {
  let place: RegExpExecArray | undefined;
  let told = false;
  return (line) => {
    const next = /^(\S+):(\d+)$/.exec(line);
    if (next && isSourceName(next[1] as string)) {
      place = next;
      told = false;
      return undefined;
    }
    const failed = /^\s*\d+ \| >>> (.*)$/.exec(line);
    if (failed && place && !told) {
      told = true;
      const message = `${failed[1]} failed`;
      return found({ file: place[1], line: place[2], message, tool: "docker" });
    }
    const why = /^(?:ERROR: failed to (?:solve|build)[^:]*|Error response from daemon): (.*)$/.exec(
      line,
    )?.[1];
    return why === undefined ? undefined : dockerReason(why, told);
  };
};

function dockerReason(why: string, told: boolean): ReturnType<ReturnType<Recogniser>> {
  if (told) return { kind: "continues", text: `: ${why}` };
  const parse = /dockerfile parse error (?:on )?line (\d+): (.*)$/.exec(why);
  if (!parse) return undefined;
  return found({ file: "Dockerfile", line: parse[1], message: parse[2], tool: "docker" });
}
