import type { RunEvent } from "../../execute/events.ts";
import type { StageRun } from "../../execute/run.ts";
import type { Stage } from "../../plan/plan.ts";

/** What a live view knows of one stage. */
export interface BoardStage {
  readonly id: string;
  readonly needs: readonly string[];
  /** Milliseconds; absent while it waits. */
  startedAt?: number;
  /** Steps that run now, by id. */
  readonly running: Map<string, RunningStep>;
  ended?: StageRun;
}

export interface RunningStep {
  readonly title: string;
  readonly startedAt: number;
  readonly attempt: number;
  /** The end of what it said, cut while it comes. */
  said: string;
}

export interface Board {
  readonly take: (event: RunEvent) => void;
  readonly stages: () => readonly BoardStage[];
}

const mostSaid = 400;

/** Keeps the state of a run from its events; only stages that will run, in the plan's order. */
export function createBoard(now: () => number): Board {
  const stages = new Map<string, BoardStage>();
  return {
    take: (event) => take(event, stages, now()),
    stages: () => [...stages.values()],
  };
}

function take(event: RunEvent, stages: Map<string, BoardStage>, now: number): void {
  switch (event.type) {
    case "run-started":
      for (const stage of event.plan.stages) {
        if (stage.run && stage.kind === "check") stages.set(stage.id, boardStage(stage));
      }
      return;
    case "stage-started":
      stageOf(stages, event.stage).startedAt ??= now;
      return;
    case "step-started": {
      const { id, title } = event.step;
      const step = { title, startedAt: now, attempt: event.attempt, said: "" };
      stageOf(stages, event.stage).running.set(id, step);
      return;
    }
    case "output": {
      const step = stages.get(event.stage)?.running.get(event.step);
      if (step) step.said = (step.said + event.text.slice(-mostSaid)).slice(-mostSaid);
      return;
    }
    case "step-ended":
      stages.get(event.stage.id)?.running.delete(event.step.id);
      return;
    case "stage-ended": {
      const stage = stages.get(event.stage.id);
      if (stage) stage.ended = event.stage;
      stage?.running.clear();
      return;
    }
    default:
      return;
  }
}

function stageOf(stages: Map<string, BoardStage>, stage: Stage): BoardStage {
  const known = stages.get(stage.id) ?? boardStage(stage);
  stages.set(stage.id, known);
  return known;
}

function boardStage({ id, needs }: Stage): BoardStage {
  return { id, needs, running: new Map() };
}
