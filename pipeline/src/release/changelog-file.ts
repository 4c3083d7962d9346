import { compare, valid } from "./version/semver.ts";

/** CHANGELOG.md taken apart: what stands above the versions, and each version's part, as written. */
export interface ChangelogFile {
  readonly preamble: string;
  readonly sections: readonly ChangelogSection[];
}

export interface ChangelogSection {
  readonly version: string;
  /** Heading and body, to the letter. */
  readonly text: string;
}

/** `## [1.2.3](…) (2026-11-23)`, `## v1.2.3`, `# 1.2.3 - 2026-11-23`, as the usual tools write it. */
const heading = /^#{1,3} \[?v?(\d+\.\d+\.\d+[0-9A-Za-z.+-]*)/;

/** Reads a changelog of any origin; nothing of it is lost: rendering gives back the same text. */
export function parseChangelog(text: string): ChangelogFile {
  const lines = text.split("\n");
  const parts: Part[] = [{ version: "", lines: [] }];
  // A fence that nothing closes hides nothing.
  let fences = lines.filter(isFence).length;
  let fenced = false;
  for (const line of lines) {
    if (isFence(line) && (fenced || --fences > 0)) {
      if (fenced) fences--;
      fenced = !fenced;
    }
    const version = fenced ? undefined : heading.exec(line)?.[1];
    if (version && valid(version)) parts.push({ version, lines: [line] });
    else parts.at(-1)?.lines.push(line);
  }
  const [preamble = "", ...texts] = textsOf(parts);
  return {
    preamble,
    sections: texts.map((each, index) => ({
      version: parts[index + 1]?.version ?? "",
      text: each,
    })),
  };
}

interface Part {
  readonly version: string;
  readonly lines: string[];
}

function isFence(line: string): boolean {
  return /^\s*(```|~~~)/.test(line);
}

/** Every part ends with a line's end but the last, which ends as the file does. */
function textsOf(parts: readonly Part[]): string[] {
  return parts.map(({ lines }, index) =>
    lines.length === 0 ? "" : lines.join("\n") + (index < parts.length - 1 ? "\n" : ""),
  );
}

export function renderChangelog({ preamble, sections }: ChangelogFile): string {
  return preamble + sections.map(({ text }) => text).join("");
}

export interface ChangelogEntry {
  readonly version: string;
  /** The day of the release, UTC: `2026-11-23`. */
  readonly day: string;
  readonly notes: string;
}

/**
 * The changelog with this version in it, above the versions that are lower. A version that has its
 * part keeps it as it stands: somebody may have put it into better words.
 */
export function withEntry(text: string, entry: ChangelogEntry): string {
  const file = parseChangelog(text === "" ? "# Changelog\n" : text);
  if (file.sections.some(({ version }) => version === entry.version)) return text;
  const lower = file.sections.findIndex(({ version }) => compare(version, entry.version) < 0);
  const at = lower < 0 ? file.sections.length : lower;
  const above = renderChangelog({ ...file, sections: file.sections.slice(0, at) }).trimEnd();
  const below = file.sections
    .slice(at)
    .map((section) => section.text)
    .join("");
  const added = `## ${entry.version} (${entry.day})\n\n${entry.notes.trim()}\n`;
  return `${above}${above === "" ? "" : "\n\n"}${added}${below === "" ? "" : `\n${below}`}`;
}

/** What the changelog says of a version, without its heading. */
export function entryOf(text: string, version: string): string | undefined {
  const found = parseChangelog(text).sections.find((section) => section.version === version);
  return found?.text.split("\n").slice(1).join("\n").trim();
}
