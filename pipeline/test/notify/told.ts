import type { Told } from "../../src/deploy/notify/told.ts";
import type { Entry } from "../../src/deploy/records/entry.ts";
import { sealEntry, sealOpening } from "../../src/deploy/records/entry.ts";
import { type Standing, standingOf } from "../../src/deploy/records/state.ts";

export const commit = "abc123def4567890abc123def4567890abc123de";

/** A production deploy that went well; everything can be overridden. */
export function sampleTold(overrides: Partial<Told> = {}): Told {
  return {
    application: "rose",
    environment: "production",
    kind: "deploy",
    verdict: "live",
    rollback: "not-needed",
    commit,
    version: "v1.1.0",
    url: "https://rose-production.railway.app",
    serving: { id: "dep-2", commit, version: "v1.1.0" },
    why: [],
    attempt: "g-20261123-080000-aaaa",
    actor: "developer",
    seconds: 272,
    coverage: 75.2,
    runId: "2026-11-23-0930-4f2a",
    runUrl: "https://github.com/org/repo/actions/runs/123",
    begun: true,
    sent: true,
    events: [
      { at: "2026-11-23T08:00:00.000Z", event: "opened", about: "octo/rose run 123" },
      { at: "2026-11-23T08:04:32.000Z", event: "ended", about: "live, dep-2" },
    ],
    before: "dep-1",
    ...overrides,
  };
}

/** One that went live, was not well, and was brought back. */
export function rolledBack(overrides: Partial<Told> = {}): Told {
  return sampleTold({
    verdict: "unhealthy",
    rollback: "done",
    why: ["GET /api/health answered 500", "the old version serves again"],
    serving: { id: "dep-3", commit: "1".repeat(40), version: "v1.0.0" },
    coverage: undefined,
    ...overrides,
  });
}

/** An attempt as the record has it. */
export function standingWith(
  drafts: readonly Omit<Entry, "sequence" | "at" | "by" | "hash">[],
): Standing {
  const opening = sealOpening({
    version: 1,
    kind: "deploy",
    environment: "production",
    provider: "railway",
    key: "g-1",
    commit,
    actor: "ada",
    owner: "octo/rose run 123",
    at: "2026-11-23T08:00:00.000Z",
    leaseSeconds: 600,
    before: { id: "dep-1" },
    previous: null,
  });
  let standing = standingOf({ fence: 1, opening, entries: [] });
  for (const [index, draft] of drafts.entries()) {
    const at = new Date(Date.parse(opening.at) + (index + 1) * 1000).toISOString();
    const place = { attempt: standing.attempt, by: standing.owner, at };
    const entries = [...standing.attempt.entries, sealEntry(draft, place)];
    standing = standingOf({ fence: 1, opening, entries });
  }
  return standing;
}
