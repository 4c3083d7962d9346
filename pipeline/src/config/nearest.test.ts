import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance, nearest } from "./nearest.ts";

const word = fc.string({ unit: fc.constantFrom(..."abcd"), maxLength: 7 });

describe("editDistance", () => {
  test.each([
    ["lint", "lint", 0],
    ["lnit", "lint", 1],
    ["lin", "lint", 1],
    ["lints", "lint", 1],
    ["kitten", "sitting", 3],
    ["", "abc", 3],
  ])("%s and %s are %i apart", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  test("is a distance: the same both ways, nothing only for equals, bounded by the longer", () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

describe("nearest", () => {
  const keys = ["components", "services", "image", "environments", "secrets"];
  test.each([
    ["component", "components"],
    ["Images", "image"],
    ["enviroments", "environments"],
    ["secert", "secrets"],
  ])("%s is %s", (written, meant) => {
    expect(nearest(written, keys)).toBe(meant);
  });

  test("a word that nothing is close to has none", () => {
    expect(nearest("banana", keys)).toBeUndefined();
    expect(nearest("x", [])).toBeUndefined();
  });
});
