import { writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { deploys } from "./bench/deploys.ts";
import { type Row, root } from "./bench/measure.ts";
import { memory } from "./bench/memory.ts";
import { overhead } from "./bench/overhead.ts";
import { planTimes } from "./bench/plan-times.ts";
import { releasePlanning } from "./bench/release-planning.ts";
import { secretScan } from "./bench/secrets.ts";

/**
 * Measures Gantry against what it replaces, side by side in one run, and writes the table to
 * docs/benchmarks.md. Words choose benchmarks: `npm run bench -- plan memory overhead`.
 */
const benchmarks = {
  plan: planTimes,
  memory,
  overhead,
  deploys,
  release: releasePlanning,
  secrets: secretScan,
} as const;
const asked = process.argv.slice(2);
const chosen = Object.entries(benchmarks).filter(
  ([name]) => asked.length === 0 || asked.includes(name),
);

const rows: Row[] = [];
for (const [name, benchmark] of chosen) {
  console.error(`${name} …`);
  for (const row of await benchmark()) {
    console.error(`  ${row.what}: ${row.measured} (asked: ${row.asked}) ${row.holds ? "✓" : "✗"}`);
    rows.push(row);
  }
}
if (asked.length === 0) await writeFile(join(root, "docs", "benchmarks.md"), page(rows));

function page(table: readonly Row[]): string {
  const load = loadavg()[0]?.toFixed(1);
  const memoryGigabytes = Math.round(totalmem() / 2 ** 30);
  return [
    "# Benchmarks",
    "",
    "Written by `npm run bench`; every figure is measured, the median of its repetitions, and each",
    "comparison ran side by side in the same run.",
    "",
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${memoryGigabytes} GB, Node.js ${process.versions.node}, load ${load} at the end.`,
    "",
    "| what | measured | asked | holds |",
    "|---|---|---|---|",
    ...table.map(
      (row) => `| ${row.what} | ${row.measured} | ${row.asked} | ${row.holds ? "yes" : "**no**"} |`,
    ),
    "",
  ].join("\n");
}
