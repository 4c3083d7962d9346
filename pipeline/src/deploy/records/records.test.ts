import { describe, expect, it } from "vitest";
import { type Attempt, type EntryDraft, sealEntry, sealOpening, tokenOf } from "./entry.ts";
import { breaksIn, servingLine, versionBefore } from "./history.ts";
import { standingOf } from "./state.ts";

const begin = Date.parse("2026-11-23T08:00:00Z");

function opened(fence: number, before: string | null, previous: string | null): Attempt {
  const opening = sealOpening({
    version: 1,
    kind: "deploy",
    environment: "production",
    provider: "local",
    key: `k${fence}`,
    commit: String(fence).repeat(40),
    actor: "ada",
    owner: `run-${fence}`,
    at: new Date(begin).toISOString(),
    leaseSeconds: 600,
    before: before === null ? null : { id: before },
    previous,
  });
  return { fence, opening, entries: [] };
}

interface Writing {
  readonly owner?: string;
  readonly seconds?: number;
}

function write(attempt: Attempt, draft: EntryDraft, { owner, seconds = 1 }: Writing = {}): Attempt {
  const place = {
    attempt: standingOf(attempt).attempt,
    by: tokenOf(owner ?? attempt.opening.owner),
    at: new Date(begin + seconds * 1000).toISOString(),
  };
  return { ...attempt, entries: [...attempt.entries, sealEntry(draft, place)] };
}

function live(fence: number, before: string | null, previous: string | null): Attempt {
  const drafts: EntryDraft[] = [
    { event: "sending" },
    { event: "accepted", id: `v${fence}` },
    { event: "live", id: `v${fence}` },
    { event: "healthy", id: `v${fence}` },
    { event: "proven", id: `v${fence}` },
    { event: "ended", verdict: "live", rollback: "not-needed", id: `v${fence}` },
  ];
  return drafts.reduce((attempt, draft) => write(attempt, draft), opened(fence, before, previous));
}

function lastHash({ entries, opening }: Attempt): string {
  return entries.at(-1)?.hash ?? opening.hash;
}

describe("an attempt's lease", () => {
  it("is renewed by every entry and ends with the attempt", () => {
    const attempt = write(opened(1, null, null), { event: "sending" }, { seconds: 300 });
    expect(standingOf(attempt).leaseUntil).toBe(begin + 900_000);
    expect(standingOf(write(attempt, { event: "paused" })).leaseUntil).toBe(0);
  });

  it("cannot be taken before it is over", () => {
    const early = write(
      opened(1, null, null),
      { event: "taken-over" },
      { owner: "b", seconds: 599 },
    );
    expect(standingOf(early)).toMatchObject({ owner: tokenOf("run-1"), attempt: { entries: [] } });
    const late = write(
      opened(1, null, null),
      { event: "taken-over" },
      { owner: "b", seconds: 600 },
    );
    expect(standingOf(late).owner).toBe(tokenOf("b"));
  });

  it("makes entries of the run that has lost it void, and the chain goes on", () => {
    let attempt = write(opened(1, null, null), { event: "sending" });
    attempt = write(attempt, { event: "taken-over" }, { owner: "b", seconds: 700 });
    attempt = write(attempt, { event: "accepted", id: "stale" }, { seconds: 701 });
    attempt = write(attempt, { event: "accepted", id: "v1" }, { owner: "b", seconds: 702 });
    expect(standingOf(attempt).state).toMatchObject({ at: "under-way", id: "v1" });
    expect(breaksIn([attempt])).toEqual([]);
  });

  it("belongs to the first of two that take it over at once", () => {
    const left = opened(1, null, null);
    const taken = { event: "taken-over" } as const;
    const [first, second] = ["b", "c"].map((owner) =>
      write(left, taken, { owner, seconds: 700 }).entries.at(-1),
    );
    if (!first || !second) throw new Error("nothing was written");
    const standing = standingOf({ ...left, entries: [first, second] });
    expect(standing.owner).toBe(tokenOf("b"));
    expect(standing.attempt.entries).toHaveLength(1);
  });
});

describe("the chain", () => {
  const first = live(1, null, null);
  const second = live(2, "v1", lastHash(first));

  it("is whole as it was written", () => {
    expect(breaksIn([second, first])).toEqual([]);
  });

  it("shows an entry that was changed, taken out, or an opening that was changed", () => {
    const changed = first.entries.map((entry) =>
      entry.event === "accepted" ? { ...entry, id: "other" } : entry,
    );
    expect(breaksIn([{ ...first, entries: changed }])).not.toEqual([]);
    expect(breaksIn([{ ...first, entries: first.entries.slice(1) }])).not.toEqual([]);
    expect(breaksIn([{ ...first, opening: { ...first.opening, actor: "eve" } }])).not.toEqual([]);
  });

  it("shows an attempt that is missing", () => {
    const third = live(3, "v2", lastHash(second));
    expect(breaksIn([first, third])).toEqual([expect.stringContaining("attempt 3")]);
  });
});

describe("what served", () => {
  const first = live(1, null, null);
  const second = live(2, "v1", lastHash(first));
  const third = live(3, "v2", lastHash(second));
  const all = [third, second, first].map(standingOf);

  it("is one line without a gap", () => {
    expect(servingLine(all).map(({ serving, proven }) => [serving?.id, proven])).toEqual([
      [undefined, false],
      ["v1", false],
      ["v1", true],
      ["v2", false],
      ["v2", true],
      ["v3", false],
      ["v3", true],
    ]);
  });

  it("names a version that somebody deployed beside Gantry", () => {
    const stranger = live(4, "by-hand", lastHash(third));
    const line = servingLine([stranger, third].map(standingOf));
    expect(line.some(({ serving }) => serving?.id === "by-hand")).toBe(true);
  });

  it("says what back means, twice in a row", () => {
    expect(versionBefore(all, { id: "v3" })?.id).toBe("v2");
    const back = live(4, "v3", lastHash(third));
    const toSecond: Attempt = {
      ...back,
      opening: { ...back.opening, commit: second.opening.commit },
    };
    expect(versionBefore([standingOf(toSecond), ...all], { id: "v4" })?.id).toBe("v1");
  });

  it("goes back to the newest proven one where what serves was never proven", () => {
    expect(versionBefore(all, { id: "unproven" })?.id).toBe("v3");
  });
});
