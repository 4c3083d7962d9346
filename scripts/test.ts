import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Runs every test that this machine can run; further words go to vitest. */
const root = fileURLToPath(new URL("..", import.meta.url));
const result = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = result.status ?? 1;
