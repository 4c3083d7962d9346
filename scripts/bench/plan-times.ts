import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commitAll, gantry, inScratch, median, type Row, repeat, root, timed } from "./measure.ts";

const manyFiles = 100_000;
const filesInFolder = 500;

/** How long `gantry plan` takes here, and on a repository of 100,000 files. */
export async function planTimes(): Promise<Row[]> {
  const here = await planSeconds(root);
  const large = await inScratch(async (folder) => {
    await fill(folder);
    await commitAll(folder);
    return planSeconds(folder);
  });
  return [
    row("`gantry plan` on this repository", here, 0.4),
    row(`\`gantry plan\` on ${manyFiles.toLocaleString("en")} files`, large, 2),
  ];
}

async function planSeconds(folder: string): Promise<number> {
  const plan = () => timed([gantry, "plan", "-C", folder], root);
  await plan();
  return median((await repeat(7, plan)).map(({ seconds }) => seconds));
}

function row(what: string, seconds: number, limit: number): Row {
  return {
    what,
    measured: `${seconds.toFixed(2)} s`,
    asked: `under ${limit} s`,
    holds: seconds < limit,
  };
}

async function fill(folder: string): Promise<void> {
  await writeFile(
    join(folder, "package.json"),
    '{ "name": "large", "scripts": { "test": "true" } }',
  );
  for (let at = 0; at < manyFiles / filesInFolder; at += 1) {
    const inner = join(folder, "src", `part-${at}`);
    await mkdir(inner, { recursive: true });
    const names = Array.from({ length: filesInFolder }, (_, n) => join(inner, `file-${n}.js`));
    await Promise.all(names.map((name) => writeFile(name, `export const name = "${name}";\n`)));
  }
}
