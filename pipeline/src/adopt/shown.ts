import { createPen, type Pen, type Style } from "../report/terminal/paint.ts";
import { visibleLine } from "../report/visible.ts";
import type { Decision } from "./decide.ts";

export interface ShownFile {
  readonly path: string;
  readonly action: Decision["kind"];
  /** Where theirs stands. */
  readonly place?: string;
  readonly diff?: string;
}

export interface ShownInit {
  /** Whether anything is written, or would be. */
  readonly changes: boolean;
  readonly dryRun: boolean;
  readonly files: readonly ShownFile[];
  readonly notes: readonly string[];
  /** What follows from it, where that is not for this command to say. */
  readonly next?: string;
}

const longestDiff = 60;

/** What `gantry init` did, or would do, for people. */
export function initText(
  shown: ShownInit,
  { color, verbose }: { readonly color: boolean; readonly verbose: boolean },
): string {
  const pen = createPen({ color, width: 100 });
  const same = shown.files.filter(({ action }) => action === "same").length;
  const lines = [
    ...shown.files
      .filter(({ action }) => action !== "same")
      .map((file) => fileLine(file, shown, pen)),
    ...(same > 0 ? [`  = ${same} ${same === 1 ? "file is" : "files are"} as written`] : []),
    ...shown.files.flatMap((file) => diffLines(file, verbose, pen)),
    ...(shown.notes.length > 0 ? [""] : []),
    ...shown.notes.map((text) => `${pen.paint("!", "yellow")} ${visibleLine(text)}`),
    "",
    ...endLines(shown),
  ];
  return `${lines.join("\n")}\n`;
}

const signs: Readonly<Record<Decision["kind"], readonly [string, Style]>> = {
  create: ["+", "green"],
  merge: ["~", "green"],
  replace: ["~", "yellow"],
  differs: ["≠", "yellow"],
  theirs: ["·", "grey"],
  same: ["=", "grey"],
};

function fileLine({ path, action, place }: ShownFile, { dryRun }: ShownInit, pen: Pen): string {
  const [sign, style] = signs[action];
  const words = {
    create: dryRun ? "would be written" : "written",
    merge: dryRun ? "would get the lines below" : "got the lines below",
    replace: dryRun ? "would be replaced" : "replaced",
    differs: `differs and stays; --force ${path} takes the new text`,
    theirs: place === path ? "yours" : `yours: ${visibleLine(place ?? "")}`,
    same: "",
  }[action];
  return `  ${pen.paint(sign, style)} ${path.padEnd(40)} ${words}`;
}

function diffLines({ path, diff }: ShownFile, verbose: boolean, pen: Pen): string[] {
  if (diff === undefined) return [];
  const lines = diff.trimEnd().split("\n");
  const shown = verbose ? lines : lines.slice(0, longestDiff);
  const rest = lines.length - shown.length;
  return [
    "",
    ...shown.map((line) => pen.paint(line, styleOf(line))),
    ...(rest > 0 ? [`… ${rest} more lines of ${path}; --verbose shows them`] : []),
  ];
}

function styleOf(line: string): Style {
  if (line.startsWith("+")) return "green";
  return line.startsWith("-") ? "red" : "dim";
}

function endLines({ changes, dryRun, files, next }: ShownInit): string[] {
  if (!changes) {
    return files.some(({ action }) => action === "differs")
      ? ["Nothing is missing, so nothing was written; what differs is shown above."]
      : ["Nothing to do: nothing is missing."];
  }
  if (next !== undefined) return [next];
  if (dryRun) return ["Nothing was written (--dry-run)."];
  return [
    "Look at it with `git diff`; then `gantry plan`, `gantry ci`, and `gantry migrate` for what comes next.",
  ];
}
