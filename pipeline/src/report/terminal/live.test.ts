import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planned, plannedStep } from "../../../test/builders/plan.ts";
import { samplePlan, stageRun, stepRun } from "../../../test/builders/run.ts";
import { redRun } from "../../../test/builders/sample-runs.ts";
import { createScreen, moves } from "../../../test/builders/screen.ts";
import { anyText } from "../../../test/builders/text.ts";
import type { RunEvent } from "../../execute/events.ts";
import { createLiveListener, type LiveOptions } from "./live.ts";

const quality = planned("code-quality");
const tests = planned("unit-tests", { needs: ["code-quality"] });
const plan = samplePlan({
  stages: [
    quality,
    tests,
    planned("deploy-production", { kind: "act" }),
    planned("smoke-tests", { run: false }),
  ],
});

function start(options: Partial<LiveOptions> = {}) {
  const screen = createScreen();
  let time = 0;
  const view = createLiveListener({
    write: screen.write,
    color: false,
    columns: () => 80,
    now: () => time,
    lastSeconds: { "unit-tests": 64 },
    ...options,
  });
  return {
    screen,
    view,
    pass: (seconds: number, ...events: RunEvent[]) => {
      time += seconds * 1000;
      for (const event of events) view.listener(event);
      view.tick();
    },
  };
}

const begun: RunEvent = { type: "run-started", plan, id: "1" };
const step = (id: string, attempt = 1): RunEvent => ({
  type: "step-started",
  stage: tests,
  step: plannedStep(id, { title: `pytest ${id}` }),
  attempt,
});

describe("createLiveListener", () => {
  it("shows what waits, what runs, for how long and how long it took last time", () => {
    const { screen, pass } = start();
    pass(0, begun, { type: "stage-started", stage: quality });
    expect(screen.lines()).toEqual([
      "",
      "  ⠋ code-quality  0s",
      "  · unit-tests    after code-quality",
    ]);

    const ended = stageRun("code-quality", { seconds: 8.4 });
    pass(
      8.4,
      { type: "stage-ended", stage: ended },
      { type: "stage-started", stage: tests },
      step("unit"),
    );
    pass(3.15, {
      type: "output",
      stage: "unit-tests",
      step: "unit",
      text: "one\n\u001b[32mtests/test_a.py\u001b[0m ..\n",
    });
    expect(screen.lines()).toEqual([
      "",
      "  ✓ code-quality  8.4s",
      "  ⠴ unit-tests    3s, 1m 04s last time",
      "      pytest unit  3s  tests/test_a.py ..",
    ]);
  });

  it("puts above what has ended badly, and leaves it there", () => {
    const { screen, pass, view } = start();
    pass(0, begun, { type: "stage-started", stage: tests }, step("unit"), step("other", 2));
    const failing = redRun().stages[1]?.steps[0] ?? stepRun("unit");
    pass(64, { type: "step-ended", stage: tests, step: { ...failing, id: "unit" } });
    pass(1, { type: "note", stage: "unit-tests", text: "redis is ready" });
    expect(screen.lines()).toEqual([
      "✗ unit-tests/unit  failed, 1m 04s",
      "    ✗ tests/unit/test_memory.py::TestMemory::test_recall  AssertionError: asse…",
      "    ✗ tests/unit/test_audio.py::test_overflow  IndexError: buffer index out of…",
      "· unit-tests  redis is ready",
      "",
      "  · code-quality  waits",
      "  ⠋ unit-tests    1m 05s, 1m 04s last time",
      "      pytest other  1m 05s, attempt 2",
    ]);
    view.stop();
    view.stop();
    expect(screen.lines()).toHaveLength(4);
    expect(screen.cursorShown()).toBe(true);
  });

  it("says nothing before the run begins or after it was stopped", () => {
    const { screen, pass, view } = start();
    view.tick();
    view.stop();
    pass(1, begun);
    expect(screen.text()).toBe("");
  });

  it("stays within the terminal's rows and columns", () => {
    const { screen, pass } = start({ rows: () => 8, columns: () => 50 });
    const many = Array.from({ length: 30 }, (_, n) => step(`s${n}-${"long ".repeat(30)}`));
    pass(
      0,
      begun,
      { type: "stage-started", stage: quality },
      { type: "stage-started", stage: tests },
      ...many,
    );
    expect(screen.lines().length).toBeLessThanOrEqual(6);
    expect(Math.max(...screen.lines().map((line) => line.length))).toBeLessThan(50);
  });

  it("lets no output act on the terminal", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let written = "";
        const { pass } = start({ write: (more) => (written += more) });
        pass(0, begun, { type: "stage-started", stage: tests }, step("unit"));
        pass(1, {
          type: "output",
          stage: "unit-tests",
          step: "unit",
          text: `${text}\u001b[2J\u0007`,
        });
        pass(1, { type: "note", stage: "unit-tests", text });
        pass(1, {
          type: "step-ended",
          stage: tests,
          step: stepRun("unit", { outcome: "failed", tail: text }),
        });
        expect(written.replace(moves, "").replaceAll("\n", "")).not.toMatch(
          /\p{Cc}|[\u202a-\u202e]/u,
        );
      }),
    );
  });
});
