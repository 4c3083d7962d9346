import { describe, expect, it } from "vitest";
import { aMonth, factsOf } from "../../../test/builders/facts.ts";
import { targets as written } from "../../config/written/targets.ts";
import { buildDuration } from "./metrics/runs.ts";
import { meets, targetsOf } from "./targets.ts";

describe("targets", () => {
  it("are the design's where a repository says nothing", () => {
    expect(targetsOf()).toEqual(targetsOf({}));
    expect(targetsOf()).toMatchObject({
      "build-duration": { bound: "at-most", value: 300 },
      "test-time": { bound: "at-most", value: 180 },
      "deployment-time": { bound: "at-most", value: 300 },
      "deployment-success": { bound: "at-least", value: 95 },
      coverage: { bound: "at-least", value: 70 },
    });
    expect(targetsOf()).not.toHaveProperty("lead-time");
  });

  it("are what a repository writes, by which a metric is judged", () => {
    const targets = targetsOf(written.parse({ build: "90s", leadTime: "1d", changeFailures: 15 }));
    expect(targets).toMatchObject({
      "build-duration": { value: 90 },
      "lead-time": { bound: "at-most", value: 86_400 },
      "change-failure-rate": { bound: "at-most", value: 15 },
      "test-time": { value: 180 },
    });
    const runs = factsOf(5, () => ({ seconds: 100 }));
    expect(buildDuration(runs, { ...aMonth, targets }).holds).toBe("no");
    expect(buildDuration(runs, aMonth).holds).toBe("yes");
  });

  it("refuse a word that is none, and a share above all", () => {
    expect(written.safeParse({ bild: "5m" }).success).toBe(false);
    expect(written.safeParse({ success: 101 }).success).toBe(false);
  });

  it("met exactly are kept", () => {
    expect(meets(70, { bound: "at-least", value: 70 })).toBe(true);
    expect(meets(69.99, { bound: "at-least", value: 70 })).toBe(false);
    expect(meets(300, { bound: "at-most", value: 300 })).toBe(true);
    expect(meets(300.1, { bound: "at-most", value: 300 })).toBe(false);
  });
});
