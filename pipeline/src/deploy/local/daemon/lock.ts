import { DatabaseSync } from "node:sqlite";

/** Held until it is released or its holder dies, whatever it dies of. */
export interface Lock {
  readonly release: () => void;
}

/**
 * Takes the lock of an environment, or answers that somebody has it. SQLite's lock on a file is
 * the system's own: unlike a file with a number in it, it cannot outlive who holds it, so no stale
 * one is ever judged and stolen.
 */
export function takeLock(file: string): Lock | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === busy) return undefined;
    throw error;
  }
  return { release: () => database.close() };
}

const busy = 5;
