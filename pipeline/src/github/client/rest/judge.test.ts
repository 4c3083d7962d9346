import { describe, expect, it } from "vitest";
import { judge } from "./judge.ts";

const now = Date.parse("2026-01-01T00:00:00Z");
const said = (message: string, errors?: unknown) => JSON.stringify({ message, errors });

function hear(status: number, text: string, headers: Record<string, string> = {}) {
  return judge({ status, text, headers: new Headers(headers), now });
}

describe("what an answer of GitHub means", () => {
  it.each([
    [200, "[]", "ok"],
    [204, "", "ok"],
    [200, "", "lost"],
    [200, "<html>", "lost"],
    [200, '{"id":', "lost"],
    [301, said("Moved Permanently"), "refused"],
    [401, said("Bad credentials"), "unauthorised"],
    [403, said("Resource not accessible by integration"), "unauthorised"],
    [404, said("Not Found"), "refused"],
    [409, said("Conflict"), "refused"],
    [500, "", "lost"],
    [502, "<html>", "lost"],
  ])("%d %s is %s", (status, text, kind) => expect(hear(status, text).kind).toBe(kind));

  it.each([
    [403, "", { "Retry-After": "7" }, 7],
    [429, "", { "Retry-After": "7", "x-ratelimit-remaining": "0" }, 7],
    [403, "", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${now / 1000 + 90}` }, 90],
    [429, "", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${now / 1000 - 90}` }, 0],
    [403, said("You have exceeded a secondary rate limit."), {}, 60],
    [429, "", { "x-ratelimit-remaining": "41", "x-ratelimit-reset": `${now / 1000 + 90}` }, 60],
  ])("%d %s %o: wait %5$d s", (status, text, headers, seconds) => {
    const expected = { kind: "rate-limited", retryAfterSeconds: seconds };
    expect(hear(status, text, headers as Record<string, string>)).toEqual(expected);
  });

  it.each([
    [
      [{ resource: "Release", code: "already_exists", field: "tag_name" }],
      "tag_name already_exists",
    ],
    [
      [{ code: "custom", message: "No commits between a and b" }],
      "custom No commits between a and b",
    ],
    [["a plain word"], "a plain word"],
  ])("names what was wrong: %o", (errors, words) => {
    expect(hear(422, said("Validation Failed", errors))).toEqual({
      kind: "refused",
      status: 422,
      reason: `Validation Failed; ${words}`,
    });
  });

  it.each([
    [
      '<https://a.test/x?page=2>; rel="next", <https://a.test/x?page=9>; rel="last"',
      "https://a.test/x?page=2",
    ],
    [
      '<https://a.test/x?page=1>; rel="prev", <https://a.test/x?page=3>; rel="next"',
      "https://a.test/x?page=3",
    ],
    ['<https://a.test/x?page=1>; rel="prev", <https://a.test/x?page=1>; rel="first"', undefined],
    ["", undefined],
  ])("finds the next page in %s", (Link, next) => {
    expect(hear(200, "[]", { Link })).toEqual({ kind: "ok", value: { json: [], next } });
  });
});
