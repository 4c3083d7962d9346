import type { Placer } from "./place.ts";
import { cutEnd } from "./text.ts";

const maximumMessage = 300;
/** Messages that say nothing by themselves: the trace says more. */
const generic = /^(?:|collection failure|failed|failure|error|exception|test failed)$/i;

/** The one line that tells most about a failure. */
export function failureMessage(attribute: string, details: string): string {
  const stated = firstLine(attribute);
  const telling = generic.test(stated) ? (pytestLine(details) ?? firstLine(details)) : stated;
  return cutEnd(withExpectation(telling, details), maximumMessage);
}

function firstLine(text: string): string {
  return (
    text
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim() ?? ""
  );
}

/** pytest marks what went wrong with `E`. */
function pytestLine(details: string): string | undefined {
  return /^E {3}\s*(\S.*)$/m.exec(details)?.[1]?.trim();
}

/** jest's first line names the matcher only; the values stand below it. */
function withExpectation(line: string, details: string): string {
  if (!/^(?:Error: )?expect\(/.test(line)) return line;
  const values = ["Expected", "Received"].flatMap((label) => {
    const found = new RegExp(`^\\s*(${label}[^:\\n]*: .*)$`, "m").exec(details);
    return found ? [(found[1] as string).trim()] : [];
  });
  const matcher = line.replace(/^Error: /, "").replace(/\s*\/\/.*$/, "");
  return [matcher, ...values].join(" · ");
}

/** What a report says of one failed test. */
export interface FailureText {
  /** The report's own summary; may be empty. */
  readonly stated: string;
  /** The trace. */
  readonly details: string;
  /** The test's own file and line, where the report states them. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/**
 * A failure's message, trace and place. The place is in the test's own file, so that it still
 * names the test; where the trace only shows other files (a broken fixture), the message says so.
 */
export function describeFailure(
  { stated, details, file, line }: FailureText,
  place: Placer,
): { message: string; details: string; file?: string | undefined; line?: number | undefined } {
  const message = failureMessage(stated, details);
  const frames = framesOf(details, place);
  const own = frames.find((frame) => (file ? frame.file === file : isTestFile(frame.file)));
  const at = own ?? frames[0];
  if (own || !file) return { message, details, file: at?.file ?? file, line: at?.line ?? line };
  const elsewhere = at ? ` (at ${at.file}:${at.line})` : "";
  return { message: message + elsewhere, details, file, line };
}

function isTestFile(file: string): boolean {
  return /(?:^|[/._])(?:test|spec|__tests__)[/._]/.test(file);
}

interface FailurePlace {
  readonly file: string;
  readonly line: number;
}

/** The frames in the repository's own files, the nearest to the failure first. */
function framesOf(details: string, place: Placer): FailurePlace[] {
  const lines = details.split("\n");
  const python = lines.flatMap((line) => frameOf(line, pythonFrames, place));
  return python.length > 0
    ? python.reverse()
    : lines.flatMap((line) => frameOf(line, scriptFrames, place));
}

/** pytest's long and short style, and Python's own. */
const pythonFrames = [/^(\S[^:]*\.pyi?):(\d+):/, /^\s*File "([^"]+)", line (\d+)/];
const script = String.raw`((?:file:\/\/|[a-z]:)?[^\s():]+\.(?:[cm]?[jt]sx?|vue|svelte))`;
const scriptFrames = [
  new RegExp(`^\\s*at .*?\\(?${script}:(\\d+)(?::\\d+)?\\)?$`, "i"),
  new RegExp(`^\\s*❯ (?:.* )?${script}:(\\d+)(?::\\d+)?$`, "i"),
];
const foreign = /(?:^|\/)(?:node_modules|site-packages|dist-packages)\/|^node:|\/lib\/python\d/;

function frameOf(line: string, patterns: readonly RegExp[], place: Placer): FailurePlace[] {
  if (line.length > 1000) return [];
  for (const pattern of patterns) {
    const match = pattern.exec(line);
    if (!match || foreign.test(match[1] as string)) continue;
    const file = place(match[1] as string);
    if (file) return [{ file, line: Number(match[2]) }];
  }
  return [];
}
