import fc from "fast-check";
import { expect, it } from "vitest";
import { type Cursor, type LogLine, pageOf } from "../../src/deploy/railway/client/logs.ts";

const time = fc.integer({ min: 0, max: 5 }).map((at) => `2026-01-01T00:00:00.00000000${at}Z`);

it("shows each line once, in order, however often and wherever it is read", () => {
  fc.assert(
    fc.property(
      fc.array(time, { maxLength: 20 }),
      fc.array(fc.nat(20), { maxLength: 5 }),
      (times, stops) => {
        const all: LogLine[] = times
          .toSorted()
          .map((timestamp, count) => ({ timestamp, message: `line ${count}`, severity: null }));
        const shown: LogLine[] = [];
        let cursor: Cursor | undefined;
        for (const stop of [...stops.toSorted((a, b) => a - b), all.length]) {
          const since = cursor?.since ?? "";
          const page = pageOf(
            all.slice(0, stop).filter((line) => line.timestamp >= since),
            cursor,
          );
          shown.push(...page.lines);
          cursor = page.cursor;
        }
        expect(shown).toEqual(all);
      },
    ),
  );
});
