import type { Finding } from "../../execute/run.ts";
import { createLineReader } from "../lines.ts";
import { createPlacer, isAbsolute, type PlaceOptions } from "../place.ts";
import { cutEnd, stripAnsi, stripControls } from "../text.ts";
import { boxed, docker, rollup, unresolved, viteFile } from "./build.ts";
import { generic, workflowCommand } from "./generic.ts";
import { biome, eslint, prettier, tsc } from "./node.ts";
import { arrow, mypy, pytestTraceback, ruffConcise, ruffFormat } from "./python.ts";
import { isSourceName, type Recognised, type Recogniser } from "./recogniser.ts";

/** Reads a tool's output while it comes and keeps what it found wrong, with its place. */
export interface FindingCollector {
  readonly push: (chunk: string) => void;
  readonly end: () => Finding[];
}

/** The first that knows a line has it; the general form is the last. */
const recognisers: readonly Recogniser[] = [
  workflowCommand,
  ruffFormat,
  arrow,
  tsc,
  mypy,
  ruffConcise,
  pytestTraceback,
  prettier,
  eslint,
  biome,
  docker,
  rollup,
  viteFile,
  boxed,
  unresolved,
  generic,
];

const maximumFindings = 1000;
const maximumLine = 2000;
const maximumMessage = 500;

/** Collects at most 1000 findings; memory is bounded whatever the output is. */
export function createFindingCollector(options: PlaceOptions = {}): FindingCollector {
  const findings = createFindings(options);
  const readers = recognisers.map((recogniser) => recogniser());
  let before = "";
  const lines = createLineReader(maximumLine, (raw) => {
    if (findings.full()) return;
    const line = stripControls(stripAnsi(raw)).trimEnd();
    const recognised = firstOf(readers, (read) => read(line, before));
    if (recognised) findings.add(recognised);
    if (line.trim() !== "") before = line;
  });
  return {
    push: lines.push,
    end: () => {
      lines.end();
      return findings.all();
    },
  };
}

/** Every recogniser sees every line, since some remember; the first answer counts. */
function firstOf<T, R>(list: readonly T[], ask: (item: T) => R | undefined): R | undefined {
  let first: R | undefined;
  for (const item of list) {
    const answer = ask(item);
    first ??= answer;
  }
  return first;
}

interface Findings {
  readonly add: (recognised: Recognised) => void;
  readonly full: () => boolean;
  readonly all: () => Finding[];
}

function createFindings(options: PlaceOptions): Findings {
  const place = createPlacer(options);
  const files = options.files && new Set(options.files);
  const takesAnyPlace = !options.files && !options.strip;
  const kept: Finding[] = [];
  const seen = new Set<string>();
  let last: number | undefined;

  const keep = ({ kind: _, ...finding }: Recognised & { kind: "finding" }): void => {
    last = undefined;
    const file =
      place(finding.file) ?? (takesAnyPlace && isAbsolute(finding.file) ? finding.file : undefined);
    if (!file || !(isSourceName(file) || files?.has(file))) return;
    if (file.includes(" ") && files && !files.has(file)) return;
    const key = JSON.stringify([file, finding.line, finding.column, finding.rule, finding.message]);
    if (seen.has(key)) return;
    seen.add(key);
    last = kept.push({ ...finding, file, message: cutEnd(finding.message, maximumMessage) }) - 1;
  };

  const goOn = ({ text, rule }: Recognised & { kind: "continues" }): void => {
    const finding = last === undefined ? undefined : kept[last];
    if (last === undefined || !finding || text === "") return;
    const message = cutEnd(finding.message + text, maximumMessage);
    kept[last] = { ...finding, message, ...(rule === undefined ? {} : { rule }) };
  };

  return {
    add: (recognised) => (recognised.kind === "finding" ? keep(recognised) : goOn(recognised)),
    full: () => kept.length >= maximumFindings,
    all: () => [...kept],
  };
}
