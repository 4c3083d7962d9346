import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Earned,
  type Receipt,
  type Receipts,
  receipt,
} from "../../execute/receipts/receipt.ts";
import { exists } from "../exists.ts";
import { type KeyRequest, receiptKey } from "./key.ts";
import { folderSize, prune } from "./prune.ts";

export interface ShelfRequest extends KeyRequest {
  /** Where receipts of all repositories are kept: never in a repository, which could bring its own. */
  readonly folder: string;
  readonly runFolder: string;
  /** The source's hash as it lies there now; undefined where it cannot be read. */
  readonly hashNow: () => Promise<string | undefined>;
  /** The time of day. */
  readonly now: () => Date;
}

/** As long as Dagger keeps a function's result. */
export const receiptDays = 7;
const largest = 16 * 1024 * 1024;

/** Receipts as folders of this machine: `receipt.json`, and the files that the steps had left. */
export function createReceipts(request: ShelfRequest): Receipts {
  const shelf = join(request.folder, short(request.source.root));
  return {
    async find({ inputs }) {
      // Where nothing is kept, no tool need be looked for, or brought here, to address it.
      if (!(await exists(shelf))) return undefined;
      const key = await receiptKey(inputs, request);
      if (!key) return undefined;
      return take(join(shelf, key), request).catch(() => undefined);
    },
    async lay({ inputs, files }) {
      const key = await receiptKey(inputs, request);
      if (!key) return false;
      try {
        await copyAll(files, join(shelf, key, "files"), request.runFolder);
        return true;
      } catch {
        const laid = files.map((path) => join(request.runFolder, path));
        await Promise.all(laid.map((path) => rm(path, { recursive: true, force: true })));
        return false;
      }
    },
    async keep(earned) {
      // Files that were changed under the run may have been laid out as they were then.
      if ((await request.hashNow()) !== request.source.hash) return;
      for (const one of earned) await keepOne(one, shelf, request).catch(() => undefined);
      await prune(request.folder, request.now()).catch(() => undefined);
    },
  };
}

/** What does not read as it was written, or is from another time, is no receipt. */
async function take(folder: string, request: ShelfRequest): Promise<Receipt | undefined> {
  const text = await readFile(join(folder, "receipt.json"), "utf8");
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (text.slice(0, end) !== digest(body)) return undefined;
  const parsed = receipt.safeParse(JSON.parse(body));
  if (!parsed.success || !isRecent(parsed.data, request.now())) return undefined;
  return parsed.data;
}

function isRecent({ earnedBy }: Receipt, now: Date): boolean {
  const age = now.getTime() - Date.parse(earnedBy.at);
  return age >= 0 && age < receiptDays * 24 * 3600 * 1000;
}

async function keepOne(earned: Earned, shelf: string, request: ShelfRequest): Promise<void> {
  const key = await receiptKey(earned.inputs, request);
  if (key) await put(join(shelf, key), earned, request.runFolder);
}

/** Whole or not at all: what a full disk or a killed run leaves half never gets its name. */
async function put(
  folder: string,
  { receipt: earned, files }: Earned,
  runFolder: string,
): Promise<void> {
  const staging = `${folder}.${process.pid}`;
  const there = await Promise.all(files.map((path) => folderSize(join(runFolder, path))));
  if (there.reduce((sum, size) => sum + size, 0) > largest) return;
  try {
    await mkdir(join(staging, "files"), { recursive: true, mode: 0o700 });
    await copyAll(files, runFolder, join(staging, "files"));
    const body = JSON.stringify(earned);
    await writeFile(join(staging, "receipt.json"), `${digest(body)}\n${body}`);
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Copies what is there of these files and folders. */
async function copyAll(paths: readonly string[], from: string, to: string): Promise<void> {
  for (const path of paths) {
    if (!(await exists(join(from, path)))) continue;
    await mkdir(dirname(join(to, path)), { recursive: true });
    await cp(join(from, path), join(to, path), {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
    });
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function short(text: string): string {
  return digest(text).slice(0, 16);
}
