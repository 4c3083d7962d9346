import { describe, expect, it } from "vitest";
import type { News } from "../procedure/world.ts";
import type { Verdict } from "../verdict.ts";
import { createLastWords } from "./last-words.ts";

const log: News = { type: "log", line: { stream: "deploy", text: "" } };
const failed = (verdict: Verdict): News => ({
  type: "state",
  state: { at: "failed", verdict, wasLive: false, id: "d1" },
});

describe("the last words of a version", () => {
  it("are shown once it has failed, and no more than fit a screen", () => {
    const shown = createLastWords();
    for (let line = 1; line <= 30; line += 1) expect(shown(`log ${line}`, log)).toEqual([]);
    const told = shown("it failed", failed("never-live"));
    expect(told).toHaveLength(21);
    expect(told.at(0)).toBe("log 11");
    expect(told.slice(-2)).toEqual(["log 30", "it failed"]);
    expect(shown("it failed again", failed("crashed"))).toEqual(["it failed again"]);
  });

  it("are left out where they explain nothing, and other news are shown at once", () => {
    const shown = createLastWords();
    shown("log", log);
    expect(shown("a note", { type: "note", text: "" })).toEqual(["a note"]);
    expect(shown("superseded", failed("superseded"))).toEqual(["superseded"]);
  });
});
