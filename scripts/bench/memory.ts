import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commitAll, gantry, inScratch, type Row, root, timed } from "./measure.ts";

const outputMegabytes = 100;
const limitMegabytes = 150;

/** A test that prints a hundred megabytes, in lines as tests print them. */
const loud = `
const line = "tests/unit/test_a.py::test_one PASSED " + "x".repeat(63) + "\\n";
const block = line.repeat(1000);
let left = ${outputMegabytes} * 1024 * 1024;
const more = () => { while (left > 0) { left -= block.length; if (!process.stdout.write(block)) return process.stdout.once("drain", more); } };
more();
`;

/** The most memory that Gantry itself holds while a test command prints 100 MB. */
export function memory(): Promise<Row[]> {
  return inScratch(async (folder) => {
    const suite = { run: "node loud.mjs", coverage: { minimum: 0 } };
    const config = { components: { loud: { toolchain: "npm", tests: { unit: suite } } } };
    await writeFile(join(folder, "package.json"), '{ "name": "loud", "private": true }');
    await writeFile(join(folder, "gantry.yaml"), JSON.stringify(config));
    await writeFile(join(folder, "loud.mjs"), loud);
    await commitAll(folder);
    const run = await timed([gantry, "ci", "-C", folder, "--fresh"], root);
    return [
      {
        what: `memory of \`gantry ci\` with ${outputMegabytes} MB of test output (exit ${run.exit}, ${run.seconds.toFixed(1)} s)`,
        measured: `${Math.round(run.megabytes)} MB resident at most`,
        asked: `under ${limitMegabytes} MB`,
        holds: run.exit === 0 && run.megabytes < limitMegabytes,
      },
    ];
  });
}
