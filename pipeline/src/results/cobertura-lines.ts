import type { Placer } from "./place.ts";
import type { XmlElement } from "./xml.ts";

/** What a report says of one file. */
export interface FileLines {
  readonly file: string;
  readonly lines: { readonly covered: number; readonly total: number };
  readonly branches: { readonly covered: number; readonly total: number };
  /** Lines that were never run, ascending. */
  readonly uncovered: readonly number[];
}

/** Every file of a Cobertura report; classes of one file are one file. */
export function filesOf(
  root: XmlElement,
  place: Placer,
  known: ReadonlySet<string> | undefined,
): FileLines[] {
  const sources = sourcesOf(root);
  const classes = classesOf(root);
  const byName = Map.groupBy(classes, (element) => element.attributes.get("filename") ?? "");
  byName.delete("");
  return [...byName].map(([name, elements]) => ({
    file: fileOf(name, sources, place, known),
    ...linesOf(elements),
  }));
}

function sourcesOf(root: XmlElement): string[] {
  const sources = root.children.find((child) => child.name === "sources");
  return (sources?.children ?? []).map((source) => source.text.trim()).filter(Boolean);
}

function classesOf(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => (child.name === "class" ? [child] : classesOf(child)));
}

/** A name stands relative to one of the sources; which one, only the repository's files can say. */
function fileOf(
  name: string,
  sources: readonly string[],
  place: Placer,
  known: ReadonlySet<string> | undefined,
): string {
  const candidates = [...sources.map((source) => `${source.replace(/\/+$/, "")}/${name}`), name]
    .map(place)
    .filter((candidate) => candidate !== undefined);
  return candidates.find((candidate) => known?.has(candidate)) ?? candidates[0] ?? name;
}

interface Line {
  hits: number;
  branches: { covered: number; total: number };
}

function linesOf(classes: readonly XmlElement[]): Omit<FileLines, "file"> {
  const lines = new Map<number, Line>();
  for (const element of classes) {
    for (const line of ownLines(element)) addLine(lines, line);
  }
  const all = [...lines];
  return {
    lines: { covered: all.filter(([, line]) => line.hits > 0).length, total: all.length },
    branches: {
      covered: all.reduce((total, [, line]) => total + line.branches.covered, 0),
      total: all.reduce((total, [, line]) => total + line.branches.total, 0),
    },
    uncovered: all
      .filter(([, line]) => line.hits === 0)
      .map(([number]) => number)
      .sort((a, b) => a - b),
  };
}

/** A class's own list; the lists inside its methods repeat some of it. */
function ownLines(element: XmlElement): readonly XmlElement[] {
  const list = element.children.find((child) => child.name === "lines");
  return list?.children.filter((child) => child.name === "line") ?? [];
}

function addLine(lines: Map<number, Line>, { attributes }: XmlElement): void {
  const number = Number(attributes.get("number"));
  if (!Number.isSafeInteger(number) || number < 1) return;
  const hits = Number(attributes.get("hits")) || 0;
  const seen = lines.get(number);
  if (seen) seen.hits += hits;
  else lines.set(number, { hits, branches: branchesOf(attributes.get("condition-coverage")) });
}

/** From `50% (1/2)`. */
function branchesOf(condition: string | undefined): Line["branches"] {
  const match = /\((\d{1,9})\/(\d{1,9})\)/.exec(condition ?? "");
  if (!match) return { covered: 0, total: 0 };
  const total = Number(match[2]);
  return { covered: Math.min(Number(match[1]), total), total };
}
