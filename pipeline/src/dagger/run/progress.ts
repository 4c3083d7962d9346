import type { RunEvent } from "../../execute/events.ts";

/** Says in one line what ended, and notes; the engine itself shows the output of the steps. */
export function createProgress(): (event: RunEvent) => void {
  return (event) => {
    const line = lineOf(event);
    if (line !== undefined) console.error(line);
  };
}

function lineOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case "note":
      return `${event.stage}: ${event.text}`;
    case "step-ended": {
      const { id, outcome, seconds, reused, explanation } = event.step;
      const how = reused ? "cached" : `${seconds.toFixed(1)} s`;
      const why = explanation ? `: ${explanation.message}` : "";
      return `${event.stage.id}/${id}: ${outcome} (${how})${why}`;
    }
    case "stage-ended":
      return `${event.stage.id}: ${event.stage.outcome}`;
    default:
      return undefined;
  }
}
