import type { Listener } from "../../execute/events.ts";
export function createPlainListener(write: (t: string) => void, _o: unknown): Listener {
  return (e) => {
    if (e.type === "output") write(e.text);
    else if (e.type === "note") write(`note ${e.text}\n`);
    else if (e.type === "step-started") write(`> ${e.stage.id} ${e.step.id}\n`);
  };
}
