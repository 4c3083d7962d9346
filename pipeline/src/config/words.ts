import { fail, ok, type Result } from "../errors/problem.ts";

const operators = new Set(["|", "&", ";", "<", ">", "(", ")", "`"]);

interface Scan {
  readonly words: string[];
  word: string | undefined;
  quote: '"' | "'" | undefined;
}

/**
 * Splits a command line into its words as a shell would, and does nothing else that a shell does:
 * no variables, no globs, no operators. An operator outside quotes is refused, since a person who
 * wrote one expects a shell; `sh:` asks for it by name.
 */
export function splitWords(line: string): Result<[string, ...string[]]> {
  const scan: Scan = { words: [], word: undefined, quote: undefined };
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index] as string;
    const next = line[index + 1];
    const wrong = objection(scan, char, next);
    if (wrong) return refuse(line, wrong);
    if (char === "\\" && scan.quote !== "'") {
      takeEscaped(scan, next as string);
      index += 1;
    } else {
      take(scan, char);
    }
  }
  if (scan.quote) return refuse(line, `the quote ${scan.quote} is never closed`);
  if (scan.word !== undefined) scan.words.push(scan.word);
  const [first, ...rest] = scan.words;
  if (first === undefined) return refuse(line, "it is empty");
  return ok([first, ...rest]);
}

function objection(scan: Scan, char: string, next: string | undefined): string | undefined {
  if (char === "\0") return "it holds a NUL character";
  if (char === "\\" && scan.quote !== "'" && next === undefined) {
    return "it ends with a lone backslash";
  }
  if (scan.quote) return undefined;
  if (operators.has(char)) return `\`${char}\` needs a shell`;
  return char === "\n" ? "a command is one line" : undefined;
}

/** Inside double quotes a backslash escapes only what a shell would let it escape. */
function takeEscaped(scan: Scan, next: string): void {
  const literal = scan.quote === '"' && !'"\\$`'.includes(next);
  scan.word = `${scan.word ?? ""}${literal ? "\\" : ""}${next}`;
}

function take(scan: Scan, char: string): void {
  if (scan.quote) {
    if (char === scan.quote) scan.quote = undefined;
    else scan.word = (scan.word ?? "") + char;
  } else if (char === '"' || char === "'") {
    scan.quote = char;
    scan.word ??= "";
  } else if (char === " " || char === "\t") {
    if (scan.word !== undefined) scan.words.push(scan.word);
    scan.word = undefined;
  } else {
    scan.word = (scan.word ?? "") + char;
  }
}

function refuse(line: string, why: string): ReturnType<typeof fail> {
  return fail({
    code: "GANTRY-CONFIG-COMMAND",
    message: `the command \`${line}\` cannot be split into words: ${why}`,
    mend: "quote the word, write several commands as a list, or ask for a shell with `sh: …`",
  });
}

/** Writes words so that a POSIX shell (and {@link splitWords}) reads the same words back. */
export function joinWords(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
}
