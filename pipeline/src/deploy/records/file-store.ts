import { appendFile, mkdir, open, readFile, rm, stat, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Answer, lost, ok, refused, thenOk } from "../../network/answer.ts";
import { type Attempt, type Entry, entry, opening } from "./entry.ts";
import type { RecordStore } from "./store.ts";

const line = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("opening"), fence: z.int().positive(), opening }),
  z.strictObject({ kind: z.literal("entry"), fence: z.int().positive(), entry }),
]);
type Line = z.infer<typeof line>;

/** Keeps an environment's record as one file of JSON lines, which is only ever appended to. */
export function createFileStore(file: string): RecordStore {
  const read = (): Promise<Answer<readonly Attempt[]>> => readAttempts(file);
  const byFence = async (fence: number): Promise<Answer<Attempt>> =>
    thenOk(await read(), (attempts) => {
      const found = attempts.find((one) => one.fence === fence);
      return found ? ok(found) : refused(`there is no attempt ${fence}`, 404);
    });
  return {
    place: file,
    attempts: async (atMost) => thenOk(await read(), (all) => ok(all.slice(0, atMost))),
    attempt: byFence,
    open: (given) =>
      alone(file, async () =>
        thenOk(await read(), async (attempts) => {
          const same = attempts.find(({ opening: one }) => one.key === given.key);
          if (same) return ok(same.fence);
          const fence = (attempts[0]?.fence ?? 0) + 1;
          await write(file, { kind: "opening", fence, opening: given });
          return ok(fence);
        }),
      ),
    append: (fence, given: Entry) =>
      alone(file, async () =>
        thenOk(await byFence(fence), async ({ entries }) => {
          if (!entries.some(({ hash }) => hash === given.hash)) {
            await write(file, { kind: "entry", fence, entry: given });
          }
          return ok(true as const);
        }),
      ),
  };
}

async function readAttempts(file: string): Promise<Answer<readonly Attempt[]>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return ok([]);
    return lost(`${file}: ${(error as Error).message}`, false);
  }
  // Only a line with its end was written whole; what follows the last end was never acknowledged.
  const whole = text.split("\n").slice(0, -1);
  const attempts = new Map<
    number,
    { fence: number; opening: Attempt["opening"]; entries: Entry[] }
  >();
  for (const [index, row] of whole.entries()) {
    const parsed = parseLine(row);
    if (!parsed) return { kind: "malformed", reason: `${file}:${index + 1} is no record` };
    if (parsed.kind === "opening") {
      attempts.set(parsed.fence, { fence: parsed.fence, opening: parsed.opening, entries: [] });
    } else attempts.get(parsed.fence)?.entries.push(parsed.entry);
  }
  return ok([...attempts.values()].sort((a, b) => b.fence - a.fence));
}

function parseLine(row: string): Line | undefined {
  try {
    return line.safeParse(JSON.parse(row)).data;
  } catch {
    return undefined;
  }
}

async function write(file: string, value: Line): Promise<void> {
  await dropHalfLine(file);
  await appendFile(file, `${JSON.stringify(value)}\n`, { mode: 0o600, flush: true });
}

/** A process that was killed while it wrote has left half a line, which nobody was told of. */
async function dropHalfLine(file: string): Promise<void> {
  const bytes = await readFile(file).catch(() => undefined);
  const whole = bytes ? bytes.lastIndexOf("\n") + 1 : 0;
  if (bytes && whole < bytes.length) await truncate(file, whole);
}

const staleAfterMilliseconds = 10_000;

/** One writer at a time. A lock this old belongs to a process that is gone: writing takes no time. */
async function alone<T>(file: string, work: () => Promise<Answer<T>>): Promise<Answer<T>> {
  const lock = `${file}.lock`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await takeLock(lock);
  } catch (error) {
    return lost(`${file}: ${(error as Error).message}`, false);
  }
  try {
    return await work();
  } catch (error) {
    return lost(`${file}: ${(error as Error).message}`);
  } finally {
    await rm(lock, { force: true });
  }
}

async function takeLock(lock: string): Promise<void> {
  for (;;) {
    try {
      await (await open(lock, "wx")).close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const found = await stat(lock).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > staleAfterMilliseconds) {
      await rm(lock, { force: true });
    } else await sleep(20);
  }
}
