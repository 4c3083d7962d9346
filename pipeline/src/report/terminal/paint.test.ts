import { describe, expect, it } from "vitest";
import { createPen, displayWidth, fitColumns } from "./paint.ts";

describe("fitColumns", () => {
  it.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["日本語", 5, "日本…"],
    ["日本語", 6, "日本語"],
    ["e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"],
  ])("cuts %j to %d columns", (text, columns, expected) => {
    expect(fitColumns(text, columns)).toBe(expected);
    expect(displayWidth(fitColumns(text, columns))).toBeLessThanOrEqual(columns);
  });

  it("keeps a place's end, which tells the line", () => {
    const pen = createPen({ color: false, width: 80 });
    expect(pen.cutPlace("src/very/deep/folder/file.py:31", 14)).toBe("…er/file.py:31");
  });
});
