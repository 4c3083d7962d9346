import { lstat, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRedactor, type Redactor } from "../execute/redact/redact.ts";

const largestFile = 64 * 1024 * 1024;

/** Masks a step's secrets in the files that it left as reports: a trace may quote one. */
export async function maskArtifacts(
  path: string,
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  const values = Object.values(secrets);
  if (values.length > 0) await maskIn(path, createRedactor(values));
}

async function maskIn(path: string, redactor: Redactor): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    for (const name of await readdir(path)) await maskIn(join(path, name), redactor);
  }
  if (!found?.isFile() || found.size > largestFile) return;
  // Byte by byte as characters, so that a file that is no text stays what it is around a secret.
  const bytes = await readFile(path);
  const text = bytes.toString("utf8");
  const encoding = Buffer.from(text, "utf8").equals(bytes) ? "utf8" : "latin1";
  const before = bytes.toString(encoding);
  const after = redactor.text(before);
  if (after !== before) await writeFile(path, after, encoding);
}
