import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rollback, verdict } from "../verdict.ts";
import { type Entry, event } from "./entry.ts";
import { entryOf, lineOf } from "./status-line.ts";

const entry: Entry = {
  sequence: 7,
  at: "2026-11-23T08:00:00.123Z",
  by: "0123abcd",
  event: "ended",
  id: "5f2d1c3e-0000-4000-8000-00000000000a",
  verdict: "needs-approval",
  rollback: "not-needed",
  hash: "0123456789abcdef0123",
};

const longest = 140;
const hex = (length: number) =>
  fc
    .array(fc.constantFrom(..."0123456789abcdef"), { minLength: length, maxLength: length })
    .map((digits) => digits.join(""));
/** What ids of deployments are made of. */
const plain = fc
  .array(fc.constantFrom(..."abcXYZ019-_.:/@+~#"), { minLength: 1, maxLength: 40 })
  .map((letters) => letters.join(""));

/** Entries as the procedure writes them: with a word on the verdict only at an end. */
function entries(id: fc.Arbitrary<string>): fc.Arbitrary<Entry> {
  const common = {
    sequence: fc.integer({ min: 1, max: 99_999 }),
    at: fc
      .integer({ min: 1_700_000_000_000, max: 2_500_000_000_000 })
      .map((time) => new Date(time).toISOString()),
    by: hex(8),
    hash: hex(20),
  };
  const words = {
    id: fc.option(id, { nil: undefined }),
    verdict: fc.constantFrom(...verdict.options),
  };
  return fc
    .oneof(
      fc.record({
        ...common,
        ...words,
        event: fc.constant("ended" as const),
        rollback: fc.constantFrom(...rollback.options),
      }),
      fc.record({
        ...common,
        ...words,
        event: fc.constant("failed" as const),
        wasLive: fc.boolean(),
      }),
      fc.record({ ...common, id: words.id, event: fc.constantFrom(...event.options) }),
    )
    .map(({ id: given, ...rest }): Entry => (given === undefined ? rest : { ...rest, id: given }));
}

describe("an entry as one line", () => {
  it("is read as it was written", () => {
    expect(lineOf(entry)).toBe(
      "gantry1 7 mwsz6rnf 0123abcd ended i=5f2d1c3e-0000-4000-8000-00000000000a v=needs-approval r=not-needed h=0123456789abcdef0123",
    );
    expect(entryOf(lineOf(entry))).toEqual(entry);
  });

  it("fits where 140 characters are kept, and comes back", () => {
    fc.assert(
      fc.property(entries(plain), (one) => {
        expect(lineOf(one).length).toBeLessThanOrEqual(longest);
        expect(entryOf(lineOf(one))).toEqual(one);
      }),
    );
  });

  it("comes back whatever the id holds", () => {
    const any = fc.string({ unit: "grapheme", maxLength: 40 }).filter((id) => id.length <= 40);
    fc.assert(
      fc.property(entries(any), (one) => {
        expect(entryOf(lineOf(one))).toEqual(one);
      }),
    );
  });

  it.each([
    "",
    "deployed by hand",
    "gantry1",
    "gantry2 7 mibbzw5n 0123abcd ended h=0123456789abcdef0123",
    "gantry1 0 mibbzw5n 0123abcd ended h=0123456789abcdef0123",
    "gantry1 7 !! 0123abcd ended h=0123456789abcdef0123",
    "gantry1 7 mibbzw5n 0123abcd exploded h=0123456789abcdef0123",
    "gantry1 7 mibbzw5n 0123abcd ended h=0123",
    "gantry1 7 mibbzw5n 0123abcd ended v=splendid h=0123456789abcdef0123",
  ])("takes %j for none of ours", (line) => {
    expect(entryOf(line)).toBeUndefined();
  });

  it("takes any other text for none of ours", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(entryOf(text)).toBeUndefined();
      }),
    );
  });
});
