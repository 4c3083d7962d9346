import { copyFile, open, stat, truncate } from "node:fs/promises";

/** Lines of a log, and where the next ones begin. */
export interface LogPart {
  readonly lines: readonly string[];
  readonly next: number;
}

const largestPart = 256 * 1024;
const largestLog = 5 * 1024 * 1024;
/** How much of each file was cut away by rotation: positions count from a log's very beginning. */
const cutAway = new Map<string, number>();

/** The whole lines after a position; at the end also a last one without its line end. */
export async function readLog(file: string, from: number, last: boolean): Promise<LogPart> {
  const cut = cutAway.get(file) ?? 0;
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  const begin = Math.max(0, Math.min(from - cut, size));
  const bytes = await readPart(file, begin, Math.min(size - begin, largestPart));
  const all = last && bytes.length < largestPart;
  const whole = all ? bytes.length : wholeLines(bytes);
  const text = bytes.subarray(0, whole).toString("utf8").replace(/\n$/, "");
  return { lines: whole === 0 ? [] : text.split("\n"), next: cut + begin + whole };
}

/** A line that is longer than a part is given in pieces, since its end may never come. */
function wholeLines(bytes: Buffer): number {
  const end = bytes.lastIndexOf(10) + 1;
  return end === 0 && bytes.length === largestPart ? bytes.length : end;
}

/** The last lines of a log. */
export async function tailOf(file: string, lines: number): Promise<string[]> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  const begin = Math.max(0, size - largestPart);
  const bytes = await readPart(file, begin, size - begin);
  const all = bytes.toString("utf8").replace(/\n$/, "").split("\n");
  const whole = begin === 0 ? all : all.slice(1);
  return bytes.length === 0 ? [] : whole.slice(-lines);
}

/**
 * Puts a log that has become too long aside, once, and begins it anew. Whoever writes keeps its
 * file open for appending, so it is emptied in place; what is written in that instant may be lost.
 */
export async function rotateLog(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found || found.size <= largestLog) return;
  await copyFile(file, `${file}.1`);
  const { size } = await stat(file);
  await truncate(file, 0);
  cutAway.set(file, (cutAway.get(file) ?? 0) + size);
}

async function readPart(file: string, position: number, length: number): Promise<Buffer> {
  if (length <= 0) return Buffer.alloc(0);
  const handle = await open(file, "r").catch(() => undefined);
  if (!handle) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
