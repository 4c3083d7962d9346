import fc from "fast-check";
import { expect, it } from "vitest";
import { fits } from "./pattern.ts";

it("fits as the same pattern does where `*` is written out as a regular expression", () => {
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "/"), maxLength: 6 });
  const name = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 8 });
  fc.assert(
    fc.property(pattern, name, (written, text) => {
      const meant = new RegExp(`^${written.split("*").map(RegExp.escape).join(".*")}$`);
      expect(fits(written, text)).toBe(meant.test(text));
    }),
    { numRuns: 2000 },
  );
});
