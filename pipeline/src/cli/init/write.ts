import { chmod, mkdir, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Decision } from "../../adopt/decide.ts";
import { isWritten } from "../../adopt/decide-all.ts";

/** Writes one file: a new one only where there is none, a changed one whole or not at all. */
export async function writeDecision(root: string, decision: Decision): Promise<void> {
  if (!isWritten(decision)) return;
  const file = join(root, decision.path);
  await mkdir(dirname(file), { recursive: true });
  if (decision.kind === "create") return writeFile(file, decision.text, { flag: "wx" });
  const { mode } = await stat(file);
  const staged = `${file}.${process.pid}.gantry`;
  await writeFile(staged, decision.text, { flag: "wx" });
  await chmod(staged, mode);
  await rename(staged, file);
}
