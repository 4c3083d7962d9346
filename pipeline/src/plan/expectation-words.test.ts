import { describe, expect, it } from "vitest";
import { isWebAddress, readExpectation } from "./expectation-words.ts";

describe("what else must answer, in words", () => {
  it.each([
    ["/", { path: "/", method: "GET", status: 200 }],
    ["  /a/b?c=d ", { path: "/a/b?c=d", method: "GET", status: 200 }],
    ["POST /say", { path: "/say", method: "POST", status: 200 }],
  ])("%j", (words, expected) => {
    expect(readExpectation(words)).toEqual(expected);
  });

  it.each(["", "say", "POST", "post /say", "POST say", "FETCH /say"])("refuses %j", (words) => {
    expect(readExpectation(words)).toBeUndefined();
  });
});

it.each([
  ["https://app.example", true],
  ["http://127.0.0.1:8080/x", true],
  ["ftp://app.example", false],
  ["app.example", false],
  ["", false],
])("%j is an address: %s", (url, is) => {
  expect(isWebAddress(url)).toBe(is);
});
