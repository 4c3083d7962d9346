import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { median, mostPoints, p95, series } from "./numbers.ts";

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });

describe("median and p95", () => {
  it.each([
    [[3], 3, 3],
    [[4, 1], 2.5, 4],
    [[9, 1, 5], 5, 9],
    [[10, 2, 4, 8], 6, 10],
  ])("of %j are %d and %d", (given, middle, tail) => {
    expect(median(given)).toBe(middle);
    expect(p95(given)).toBe(tail);
  });

  it("p95 leaves the one slowest of twenty aside", () => {
    expect(p95(Array.from({ length: 20 }, (_, n) => n + 1))).toBe(19);
  });

  it("are between the smallest and the largest, whatever the order", () => {
    fc.assert(
      fc.property(values, (given) => {
        const [low, high] = [Math.min(...given), Math.max(...given)];
        for (const found of [median(given), p95(given)]) {
          expect(found).toBeGreaterThanOrEqual(low);
          expect(found).toBeLessThanOrEqual(high);
        }
        expect(median(given.toReversed())).toBe(median(given));
      }),
    );
  });
});

describe("series", () => {
  const many = Array.from({ length: 500 }, (_, n) => ({ at: n * 1000, value: n }));

  it("keeps few observations as they are, oldest first", () => {
    const given = [
      { at: 20, value: 2 },
      { at: 10, value: 1 },
    ];
    expect(series(given, median)).toEqual([
      { at: 10, value: 1, count: 1 },
      { at: 20, value: 2, count: 1 },
    ]);
  });

  it("sums many up, and loses none", () => {
    const points = series(many, median);
    expect(points).toHaveLength(mostPoints);
    expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(500);
    expect(points.map(({ value }) => value)).toEqual(
      points.map(({ value }) => value).toSorted((a, b) => a - b),
    );
  });

  it("makes nothing up for a time without observations", () => {
    const early = many.slice(0, 40);
    const late = early.map(({ at, value }) => ({ at: at + 1e9, value }));
    expect(series([...early, ...late], median)).toHaveLength(2);
  });

  it("bears a hundred observations of one moment", () => {
    const one = Array.from({ length: 100 }, () => ({ at: 5, value: 3 }));
    expect(series(one, median)).toEqual([{ at: 5, value: 3, count: 100 }]);
  });
});
