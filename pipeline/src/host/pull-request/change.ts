import type { ChangedFile, Known, Marker } from "../../pull-request/facts.ts";
import { runGit } from "../git.ts";
import type { Commits } from "./commits.ts";
import { gitFailed } from "./failed.ts";

/** What a change did to one file; contents by their ids, so that no name ever comes to git again. */
interface Entry {
  readonly path: string;
  readonly before: string;
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
  for (const { path, before, after } of entries.value.slice(0, mostFiles)) {
    const args = ["diff", "--unified=0", "--text", "--no-color", "--no-ext-diff", "--no-textconv"];
    const diff = await runGit(commits.root, [...args, before, after]);
    if (diff.exit !== 0) return gitFailed("diff", diff);
    markers.push(...markersIn(diff.stdout, path));
  }
  return { value: markers };
}

function markersIn(diff: string, file: string): Marker[] {
  const found: Marker[] = [];
  let line = 0;
  for (const text of diff.split("\n")) {
    const hunk = /^@@ -\S+ \+(\d+)/.exec(text);
    if (hunk) line = Number(hunk[1]);
    // Before the first hunk stands a head, whose `+++` is no added line.
    else if (text.startsWith("+") && line > 0) {
      const sign = signs.find((whole) => isMarker(text.slice(1), whole));
      if (sign) found.push({ file, line, sign: sign[0] as Marker["sign"] });
      line += 1;
    }
  }
  return found;
}

function isMarker(text: string, sign: string): boolean {
  const rest = text.slice(sign.length);
  return text.startsWith(sign) && (rest.startsWith(" ") || /^\r?$/.test(rest));
}

/** Git's own names of a content that is empty, by the length of ids; it knows it without having it. */
const nothing: Readonly<Record<number, string>> = {
  40: "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
  64: "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
};
const absent = /^0+$/;
const file = /^100/;

async function readEntries(
  { root, prefix, mergeBase, head }: Commits,
  more: readonly string[],
): Promise<Known<readonly Entry[]>> {
  const args = ["diff", "--raw", "-z", "--no-renames", "--abbrev=64", "--no-ext-diff", ...more];
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
      before: absent.test(before) ? (nothing[after.length] ?? before) : before,
      after,
    });
  }
  return { value: entries };
}
