import { describe, expect, it } from "vitest";
import { judge } from "../../src/deploy/railway/client/judge.ts";
import { phaseOf } from "../../src/deploy/railway/client/phase.ts";

const now = Date.parse("2026-01-01T00:00:00Z");
const errors = (message: string) => JSON.stringify({ data: null, errors: [{ message }] });

describe("what an answer means", () => {
  it.each([
    [200, '{"data":{"a":1}}', "ok"],
    [200, errors("Deployment not found"), "refused"],
    [200, errors("Not Authorized"), "unauthorised"],
    [200, errors("Project Token not found"), "unauthorised"],
    [200, errors("Problem processing request"), "lost"],
    [200, '{"errors":[{"message":"Not Authorized","path":["redeploy","url"]}]}', "lost"],
    [200, '{"errors":[{"message":"Not Authorized","path":["redeploy"]}]}', "unauthorised"],
    [200, errors("Rate limit exceeded"), "rate-limited"],
    [200, "<!doctype html>", "lost"],
    [200, '{"data":{"a"', "lost"],
    [200, "", "lost"],
    [301, "", "refused"],
    [400, errors("Cannot query field"), "refused"],
    [401, "", "unauthorised"],
    [403, "<html>", "unauthorised"],
    [404, "", "refused"],
    [408, "", "lost"],
    [413, '{"message":"too large"}', "refused"],
    [429, "", "rate-limited"],
    [500, errors("boom"), "lost"],
    [502, "<html>", "lost"],
    [503, "", "lost"],
  ])("%d %s is %s", (status, text, kind) => {
    expect(judge({ status, headers: new Headers(), text, now }).kind).toBe(kind);
  });

  it.each([
    ["7", 7],
    ["Thu, 01 Jan 2026 00:00:30 GMT", 30],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["soon", 60],
  ])("Retry-After %s is %d s", (value, seconds) => {
    const headers = new Headers({ "Retry-After": value });
    expect(judge({ status: 429, headers, text: "", now })).toEqual({
      kind: "rate-limited",
      retryAfterSeconds: seconds,
    });
  });

  it("keeps a status that it does not know, with what was said", () => {
    expect(phaseOf("TELEPORTING")).toEqual({ phase: "unknown", said: "TELEPORTING" });
    expect(phaseOf("constructor")).toEqual({ phase: "unknown", said: "constructor" });
  });
});
