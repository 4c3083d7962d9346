import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { scanForSecrets } from "../../pipeline/src/host/secrets/secret-scan.ts";
import { findBetterleaks } from "../../pipeline/src/host/tools/betterleaks.ts";
import { createToolShed } from "../../pipeline/src/host/tools.ts";
import { readLeaks } from "../../pipeline/src/pull-request/leaks.ts";
import { type Planted, plant } from "../../pipeline/test/corpora/plant.ts";
import { type Row, root } from "./measure.ts";

/** What the secret scan finds of what was planted, beside what the scanner finds by itself. */
export async function secretScan(): Promise<Row[]> {
  const tools = join(root, ".gantry", "tools");
  const shed = createToolShed(tools, process.env);
  const scanner = await findBetterleaks({
    folder: tools,
    machine: process.env,
    shed,
    note: console.error,
  });
  if (!scanner.ok) throw new Error(scanner.reason);
  const folder = await mkdtemp(join(tmpdir(), "gantry-secrets-"));
  try {
    const planted = await plant(folder);
    const { base: from, head: to } = planted;
    const ours = await scanForSecrets({
      scanner,
      root: folder,
      prefix: "",
      range: { from, to },
      ownMarks: false,
    });
    if ("unknown" in ours) throw new Error(ours.unknown);
    const [own, alone] = [
      score(planted, ours.value),
      score(planted, await scanAlone(scanner.program, planted)),
    ];
    console.error(table(planted, own, alone));
    return [
      row("secrets found of those planted", own.recall, alone.recall),
      row("findings that are secrets", own.precision, alone.precision),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Leaks = readonly { readonly file?: string; readonly line: number }[];

/** The scanner by its own word, as its documentation has it for a range of commits. */
async function scanAlone(program: string, { folder, base, head }: Planted): Promise<Leaks> {
  const output = join(folder, ".git", "alone.json");
  const args = ["git", folder, "--redact", "--silent", "--exit-code=0", `--output=${output}`];
  await execa(program, [...args, `--log-opts=${base}..${head}`]);
  const found = readLeaks(await readFile(output, "utf8"));
  if ("unknown" in found) throw new Error(found.unknown);
  return found.value;
}

interface Score {
  readonly recall: number;
  readonly precision: number;
  readonly found: ReadonlySet<string>;
  readonly false: readonly string[];
}

function score({ secrets }: Planted, leaks: Leaks): Score {
  const places = leaks.map(({ file }) => file ?? "message");
  const found = new Set(places.filter((place) => secrets.has(place)));
  const wrong = [...new Set(places.filter((place) => !secrets.has(place)))];
  return {
    recall: found.size / secrets.size,
    precision: found.size / (found.size + wrong.length),
    found,
    false: wrong,
  };
}

function table({ secrets, harmless }: Planted, ours: Score, alone: Score): string {
  const kinds = [...Map.groupBy(secrets, ([, kind]) => kind)];
  const count = (score: Score, places: readonly (readonly [string, string])[]): number =>
    places.filter(([place]) => score.found.has(place)).length;
  return [
    "| kind | planted | Gantry | betterleaks alone |",
    "|---|---|---|---|",
    ...kinds.map(
      ([kind, places]) =>
        `| ${kind} | ${places.length} | ${count(ours, places)} | ${count(alone, places)} |`,
    ),
    `| files without a secret | ${harmless.length} | ${ours.false.length} (${ours.false.join(", ")}) | ${alone.false.length} (${alone.false.join(", ")}) |`,
    `| **recall** | ${secrets.size} | **${percent(ours.recall)}** | ${percent(alone.recall)} |`,
    `| **precision** | | **${percent(ours.precision)}** | ${percent(alone.precision)} |`,
  ].join("\n");
}

function row(what: string, ours: number, alone: number): Row {
  return {
    what: `secret scan: ${what}`,
    measured: percent(ours),
    asked: `at least ${percent(alone)}, what betterleaks finds alone`,
    holds: ours >= alone,
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
