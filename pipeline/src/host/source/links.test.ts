import { expect, it } from "vitest";
import { escapes } from "./links.ts";

it.each([
  ["a", "b", false],
  ["a/b", "../c", false],
  ["a/b", "../../c", true],
  ["a", "..", true],
  ["a", "../", true],
  ["a/b", "..", false],
  ["a", "..b", false],
  ["a", "x/../../y", true],
  ["a", "/etc/passwd", false],
  ["a", "", false],
])("the link %s to %s leads out: %s", (path, target, expected) => {
  expect(escapes(path, target)).toBe(expected);
});
