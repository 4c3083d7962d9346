import type { ChangedFile, Known, Marker } from "../../pull-request/facts.ts";
import { runGit } from "../git.ts";
import type { Commits } from "./commits.ts";
import { gitFailed } from "./failed.ts";

/** What a change did to one file; contents by their ids, so that no name ever comes to git again. */
interface Entry {
  readonly path: string;
  /** Absent where the file is new. */
  readonly before: string | undefined;
  readonly after: string;
}

/** The files that the pull request adds or changes, with their sizes. */
export async function readChanged(commits: Commits): Promise<Known<readonly ChangedFile[]>> {
  const entries = await readEntries(commits, []);
  if ("unknown" in entries) return entries;
  const input = entries.value.map(({ after }) => `${after}\n`).join("");
  const sizes = await runGit(
    commits.root,
    ["cat-file", "--batch-check=%(objectsize)", "--buffer"],
    { input },
  );
  if (sizes.exit !== 0) return gitFailed("cat-file", sizes);
  const lines = sizes.stdout.split("\n");
  const missing = lines.some((line) => line.endsWith(" missing"));
  if (missing) {
    return {
      unknown: "this clone lacks the content of changed files",
      mend: "clone without `--filter`",
    };
  }
  return {
    value: entries.value.map(({ path }, index) => ({ path, bytes: Number(lines[index]) })),
  };
}

const signs = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"] as const;
const mostFiles = 200;

/** What merges left behind in added lines. Git picks the files, so that large changes cost little. */
export async function readMarkers(commits: Commits): Promise<Known<readonly Marker[]>> {
  const entries = await readEntries(commits, ["--text", "-G^(<{7}|>{7})( |$)"]);
  if ("unknown" in entries) return entries;
  const markers: Marker[] = [];
  for (const entry of entries.value.slice(0, mostFiles)) {
    const lines = await readLines(commits, entry);
    if ("unknown" in lines) return lines;
    markers.push(...lines.value.flatMap(([line, text]) => markerAt(entry.path, line, text)));
  }
  return { value: markers };
}

/** The numbers of the lines that the pull request adds or changes, in those of its files that are asked for. */
export async function readAddedLines(
  commits: Commits,
  files: ReadonlySet<string>,
): Promise<Known<ReadonlyMap<string, ReadonlySet<number>>>> {
  const entries = await readEntries(commits, []);
  if ("unknown" in entries) return entries;
  const added = new Map<string, ReadonlySet<number>>();
  for (const entry of entries.value.filter(({ path }) => files.has(path))) {
    const lines = await readLines(commits, entry);
    if ("unknown" in lines) return lines;
    added.set(entry.path, new Set(lines.value.map(([line]) => line)));
  }
  return { value: added };
}

async function readLines({ root }: Commits, entry: Entry): Promise<Known<readonly Line[]>> {
  const { before, after } = entry;
  const args = before === undefined ? ["cat-file", "blob", after] : [...diff, before, after];
  const read = await runGit(root, args);
  if (read.exit !== 0) return gitFailed(args[0] as string, read);
  return { value: before === undefined ? everyLine(read.stdout) : addedLines(read.stdout) };
}

const diff = ["diff", "--unified=0", "--text", "--no-color", "--no-ext-diff", "--no-textconv"];

type Line = readonly [number: number, text: string];

function everyLine(text: string): Line[] {
  return text.split("\n").map((line, index) => [index + 1, line]);
}

function addedLines(text: string): Line[] {
  const found: Line[] = [];
  let number = 0;
  for (const line of text.split("\n")) {
    const hunk = /^@@ -\S+ \+(\d+)/.exec(line);
    if (hunk) number = Number(hunk[1]);
    // Before the first hunk stands a head, whose `+++` is no added line.
    else if (line.startsWith("+") && number > 0) {
      found.push([number, line.slice(1)]);
      number += 1;
    }
  }
  return found;
}

function markerAt(file: string, line: number, text: string): Marker[] {
  const sign = signs.find((whole) => isMarker(text, whole));
  return sign ? [{ file, line, sign: sign[0] as Marker["sign"] }] : [];
}

function isMarker(text: string, sign: string): boolean {
  const rest = text.slice(sign.length);
  return text.startsWith(sign) && (rest.startsWith(" ") || /^\r?$/.test(rest));
}

const absent = /^0+$/;
const file = /^100/;

async function readEntries(
  { root, prefix, mergeBase, head }: Commits,
  more: readonly string[],
): Promise<Known<readonly Entry[]>> {
  const args = [
    ...["diff", "--raw", "-z", "--no-renames", "--abbrev=64", "--no-ext-diff", "--no-textconv"],
    ...["-O/dev/null", ...more],
  ];
  const diff = await runGit(root, [...args, mergeBase, head, "--"]);
  if (diff.exit !== 0) return gitFailed("diff", diff);
  const parts = diff.stdout.split("\0");
  const entries: Entry[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [, mode = "", before = "", after = ""] = (parts[index] as string).split(" ");
    const path = parts[index + 1] as string;
    if (!file.test(mode) || !path.startsWith(prefix)) continue;
    entries.push({
      path: path.slice(prefix.length),
      before: absent.test(before) ? undefined : before,
      after,
    });
  }
  return { value: entries };
}
