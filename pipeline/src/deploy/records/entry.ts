import { createHash } from "node:crypto";
import { z } from "zod";
import { rollback, verdict } from "../verdict.ts";
import { served } from "./served-version.ts";

export type { Served } from "./served-version.ts";

/**
 * The record of an environment: attempts, and in each the changes of its state, one entry a change.
 * Each carries the hash of what came before, so that nothing can be taken out or changed unseen.
 */
export const recordVersion = 1;

const hash = z.string().regex(/^[0-9a-f]{20}$/);

/** What an attempt is about; said once, before anything is done. */
export const opening = z.strictObject({
  version: z.literal(recordVersion),
  kind: z.enum(["deploy", "rollback", "promote"]),
  environment: z.string(),
  provider: z.enum(["railway", "local"]),
  key: z.string().describe("Names this attempt and no other; baked into the deployment."),
  commit: z.string(),
  tag: z.string().optional(),
  from: z
    .string()
    .optional()
    .describe("For a promotion: the environment whose proven version this is."),
  source: z.string().optional().describe("The hash of what was sent."),
  actor: z.string().describe("Who asked for it."),
  owner: z.string().describe("The run that does it."),
  url: z.string().optional().describe("Where that run is seen."),
  at: z.iso.datetime(),
  leaseSeconds: z.int().positive(),
  before: served.nullable().describe("What served when it began."),
  back: served.optional().describe("For a rollback: what is brought back at the provider."),
  previous: hash.nullable().describe("The hash of the newest entry before it."),
  hash,
});
export type Opening = z.infer<typeof opening>;

export const event = z.enum([
  "sending",
  "accepted",
  "live",
  "healthy",
  "proven",
  "failed",
  "bringing-back",
  "brought-back",
  "restored",
  "alive",
  "paused",
  "taken-over",
  "unlocked",
  "ended",
]);
export type Event = z.infer<typeof event>;

/** One change of state. Short, so that it fits where records are kept (140 characters on GitHub). */
export const entry = z.strictObject({
  sequence: z.int().positive(),
  at: z.iso.datetime(),
  by: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .describe("A token of the run that wrote it."),
  event,
  id: z.string().max(40).optional().describe("The provider's deployment that it is about."),
  verdict: verdict.optional(),
  rollback: rollback.optional(),
  wasLive: z.boolean().optional(),
  hash,
});
export type Entry = z.infer<typeof entry>;
export type EntryDraft = Pick<Entry, "event"> &
  Partial<Pick<Entry, "id" | "verdict" | "rollback" | "wasLive">>;

/** An attempt as it is kept: the number is given by the store and only grows. */
export interface Attempt {
  readonly fence: number;
  readonly opening: Opening;
  readonly entries: readonly Entry[];
}

export function sealOpening(draft: Omit<Opening, "hash">): Opening {
  return { ...draft, hash: hashOf(draft) };
}

export interface EntryPlace {
  readonly attempt: Attempt;
  readonly by: string;
  readonly at: string;
}

/** The next entry of an attempt, chained to the newest valid one. */
export function sealEntry(draft: EntryDraft, { attempt, by, at }: EntryPlace): Entry {
  const last = attempt.entries.at(-1);
  const unsealed = { ...draft, sequence: (last?.sequence ?? 0) + 1, at, by };
  return { ...unsealed, hash: entryHash(unsealed, last?.hash ?? attempt.opening.hash) };
}

export function entryHash(unsealed: Omit<Entry, "hash">, previous: string): string {
  const { sequence, at, by, event: what, id, verdict: word, rollback: back, wasLive } = unsealed;
  return hashOf([previous, sequence, at, by, what, id, word, back, wasLive]);
}

export function openingHash({ hash: _, ...draft }: Opening): string {
  return hashOf(draft);
}

/** The run that writes, as a short token: a name may be long, and may hold anything. */
export function tokenOf(owner: string): string {
  return createHash("sha256").update(owner).digest("hex").slice(0, 8);
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(stable(value)).digest("hex").slice(0, 20);
}

/** JSON with sorted keys: a store may hand an object back in another order. */
function stable(value: unknown): string {
  if (value === undefined) return "null";
  if (Array.isArray(value)) return `[${value.map(stable).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${stable(field)}`);
  return `{${fields.join(",")}}`;
}
