import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandData, commandProperty, inertLine } from "./github-log.ts";

describe("inertLine", () => {
  it.each([
    ["::set-output name=a::b", ": :set-output name=a::b"],
    ["  ::error::x", "  : :error::x"],
    ["text ##[add-mask]x", "text # #[add-mask]x"],
    ["a::b", "a::b"],
    ["12:30:45", "12:30:45"],
  ])("%j becomes %j", (line, expected) => {
    expect(inertLine(line)).toBe(expected);
  });

  it("leaves no command in any line", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ :#[a]*$/), (line) => {
        expect(inertLine(line)).not.toMatch(/^\s*::|##\[/);
      }),
    );
  });
});

describe("escaping", () => {
  it("writes data and properties as GitHub's toolkit does", () => {
    expect(commandData("100%\r\na:b,c")).toBe("100%25%0D%0Aa:b,c");
    expect(commandProperty("100%\na:b,c")).toBe("100%25%0Aa%3Ab%2Cc");
  });
});
