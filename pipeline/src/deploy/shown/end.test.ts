import { describe, expect, it } from "vitest";
import type { RunDeployment } from "../../execute/run.ts";
import { endWords } from "./end.ts";
import { newsLine } from "./news.ts";

const end: RunDeployment = {
  environment: "production",
  kind: "deploy",
  provider: "local",
  verdict: "live",
  rollback: "not-needed",
  healthCheck: "passed",
  commit: "a".repeat(40),
  version: "v1.1.0",
  key: "k1",
  seconds: 7,
  why: [],
};

describe("what a deploy came to, in words", () => {
  it.each<[string, Partial<RunDeployment>, string]>([
    ["a new version", {}, "serves the new version, and it is proven"],
    ["an earlier one", { kind: "rollback" }, "serves an earlier version again, and it is proven"],
    ["a promoted one", { kind: "promote" }, "serves the new version, and it is proven"],
    [
      "what had served before",
      { key: undefined, kind: "rollback" },
      "serves this version already, and it is well",
    ],
  ])("%s", (_, changes, words) => {
    const { headline } = endWords(without({ ...end, ...changes }));
    expect(headline).toBe(`✓ live: production ${words} (v1.1.0)`);
  });

  it("says after a rollback what the next one does, and only then", () => {
    const onward = expect.stringContaining("the next `gantry rollback` goes further back");
    expect(endWords({ ...end, kind: "rollback" }).lines).toContainEqual(onward);
    expect(endWords(end).lines).not.toContainEqual(onward);
    const failed = endWords({ ...end, kind: "rollback", verdict: "unhealthy" });
    expect(failed.lines).not.toContainEqual(onward);
    expect(failed.headline).toContain("✗ unhealthy: production saw the new version live");
  });
});

it("says that a version is sent, or which one is brought back", () => {
  const sending = { at: "sending", since: "2026-01-01T00:00:00Z" } as const;
  expect(newsLine({ type: "state", state: sending })).toBe("▶ sends the version");
  expect(newsLine({ type: "state", state: sending, back: "d7" })).toBe("▶ brings d7 back");
});

/** Leaves out what is not there. */
function without(value: { [K in keyof RunDeployment]?: RunDeployment[K] | undefined }) {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as RunDeployment;
}
