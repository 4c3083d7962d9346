import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { published } from "./published.ts";

/**
 * Writes the schemas and the reference page that are made from the code. With `--check` nothing is
 * written: what differs is named, and the exit code is 1.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const check = process.argv.includes("--check");
const stale: string[] = [];

for (const [path, text] of published()) {
  const file = join(root, path);
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before === text) continue;
  stale.push(path);
  if (check) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

if (stale.length === 0) console.log("schemas and reference are up to date");
for (const path of stale) console.log(`${check ? "stale" : "written"}: ${path}`);
if (check && stale.length > 0) {
  console.log("mend: run `npm run schema` and commit what it writes");
  process.exitCode = 1;
}
