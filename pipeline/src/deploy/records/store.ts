import type { Answer } from "../../network/answer.ts";
import type { Attempt, Entry, Opening } from "./entry.ts";

/**
 * Where an environment's attempts are kept, so that the next runner sees them: GitHub Deployments
 * for remote providers, files for `local`. A store keeps and hands back; it judges nothing.
 */
export interface RecordStore {
  /** The place, in words. */
  readonly place: string;
  /** The newest attempts, newest first, with everything that was appended, in order. */
  readonly attempts: (atMost: number) => Promise<Answer<readonly Attempt[]>>;
  readonly attempt: (fence: number) => Promise<Answer<Attempt>>;
  /**
   * Opens an attempt; answers its number, larger than every one before. The same opening twice is
   * one attempt: after a lost answer it is looked for by its key.
   */
  readonly open: (opening: Opening) => Promise<Answer<number>>;
  /** Appends; the same entry twice is one entry. */
  readonly append: (fence: number, entry: Entry) => Promise<Answer<true>>;
}
