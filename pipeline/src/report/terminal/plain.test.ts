import { describe, expect, it } from "vitest";
import { planned, plannedStep } from "../../../test/builders/plan.ts";
import { samplePlan, stageRun, stepRun } from "../../../test/builders/run.ts";
import { redRun } from "../../../test/builders/sample-runs.ts";
import type { RunEvent } from "../../execute/events.ts";
import { createPlainListener, type PlainOptions } from "./plain.ts";

const stage = planned("unit-tests");
const output = (step: string, text: string): RunEvent => ({
  type: "output",
  stage: "unit-tests",
  step,
  text,
});
const ended = (id: string, rest = {}): RunEvent => ({
  type: "step-ended",
  stage,
  step: stepRun(id, rest),
});

function listen(options: Partial<PlainOptions>, events: readonly RunEvent[]): string {
  let text = "";
  const listener = createPlainListener((more) => (text += more), {
    verbose: false,
    github: false,
    ...options,
  });
  for (const event of events) listener(event);
  return text;
}

describe("createPlainListener", () => {
  const events: RunEvent[] = [
    { type: "run-started", plan: samplePlan(), id: "1" },
    { type: "stage-started", stage },
    { type: "step-started", stage, step: plannedStep("a"), attempt: 1 },
    output("a", "one\ntw"),
    output("b", "other\n"),
    output("a", "o\n\u001b[31mred\u001b[0m"),
    { type: "step-started", stage, step: plannedStep("a"), attempt: 2 },
    { type: "note", stage: "unit-tests", step: "a", text: "waits\nfor redis" },
    ended("a", { outcome: "failed", seconds: 2 }),
    ended("b", { reused: true }),
    { type: "stage-ended", stage: stageRun("unit-tests", { outcome: "failed", seconds: 2 }) },
    {
      type: "stage-ended",
      stage: stageRun("smoke-tests", { outcome: "skipped", reason: "unit-tests failed" }),
    },
    { type: "run-ended", run: redRun() },
  ];

  it("says what begins and ends", () => {
    expect(listen({}, events)).toBe(
      [
        "▶ unit-tests",
        "↻ unit-tests/a  again, attempt 2",
        "· unit-tests/a  waits ⏎ for redis",
        "✗ unit-tests/a  failed, 2.0s",
        "✓ unit-tests/b  an earlier result with the same inputs stands, 1.0s",
        "✗ unit-tests  failed, 2.0s",
        "– smoke-tests  skipped: unit-tests failed",
        "",
      ].join("\n"),
    );
  });

  it("shows whole lines of output under their step's name", () => {
    const lines = listen({ verbose: true }, events).split("\n");
    expect(lines.filter((line) => line.includes("│"))).toEqual([
      "unit-tests/a │ one",
      "unit-tests/b │ other",
      "unit-tests/a │ two",
      "unit-tests/a │ red",
    ]);
  });
});

describe("on GitHub", () => {
  it("shows a step's output in a group, once it has ended", () => {
    const text = listen({ github: true, token: "t0ken" }, [
      output("a", "one\n"),
      output("b", "other\n"),
      output("a", "::error::fake\nt0ken ::t0ken::\n"),
      ended("a", { outcome: "failed", seconds: 2 }),
    ]);
    expect(text).toBe(
      "::group::✗ unit-tests/a  failed, 2.0s\n::stop-commands::t0ken\none\n::error::fake\n… ::…::\n::t0ken::\n::endgroup::\n",
    );
  });

  it("makes commands inert where it has no token, and in its own lines", () => {
    const text = listen({ github: true }, [
      output("a", "::set-output name=a::b\n  ##[error]x\r\n::warning::y"),
      ended("a"),
      { type: "note", stage: "::error::x", text: "##[error]" },
    ]);
    expect(text.split("\n").filter((line) => /^\s*::(?!group|endgroup)|##\[/.test(line))).toEqual(
      [],
    );
    expect(text).toContain(": :set-output name=a::b");
  });

  it("keeps the beginning and the end of endless output", () => {
    const chunks = Array.from({ length: 300 }, (_, n) =>
      output("a", `${n} ${"x".repeat(9_990)}\n`),
    );
    const text = listen({ github: true, token: "t0ken" }, [
      output("a", "begin\n"),
      ...chunks,
      output("a", "end\n"),
      ended("a"),
    ]);
    expect(text.length).toBeLessThan(600_000);
    expect(text).toContain("begin\n");
    expect(text).toContain("end\n");
    expect(text).toMatch(/… \d+ characters left out/);
  });

  it("needs no group where a step said nothing", () => {
    expect(listen({ github: true, token: "t0ken" }, [ended("a")])).toBe(
      "✓ unit-tests/a  passed, 1.0s\n",
    );
  });
});
