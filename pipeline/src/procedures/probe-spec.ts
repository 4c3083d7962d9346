import type { ProbeStep } from "../plan/step.ts";

/** What the probe in a container is told, as JSON. */
export interface ProbeSpec
  extends Pick<ProbeStep, "requests" | "withinSeconds" | "consecutive" | "intervalSeconds"> {
  readonly base: string;
  /** Where the application's starts leave their logs. */
  readonly logs: string;
  /** Where the result and the application's log go. */
  readonly left: string;
}
