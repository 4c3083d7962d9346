import type { Deployment } from "../world/model.ts";
import type { World } from "../world/world.ts";
import { logView } from "./views/deployment.ts";

export interface LogWindow {
  readonly filter?: string | null;
  readonly limit?: number | null;
  readonly startDate?: string | null;
  readonly endDate?: string | null;
}

type Stream = "buildLogs" | "deployLogs";

/** The newest lines within the window; 100 unless asked for more, and never above 5,000. */
export function logLines(deployment: Deployment, stream: Stream, window: LogWindow) {
  const { filter, startDate, endDate } = window;
  const lines = deployment[stream].filter(
    (line) =>
      (!filter || line.message.includes(filter)) &&
      (!startDate || line.timestamp >= precise(startDate)) &&
      (!endDate || line.timestamp <= precise(endDate)),
  );
  return lines.slice(-Math.min(window.limit ?? 100, 5000)).map((line) => logView(deployment, line));
}

export interface EnvironmentWindow {
  readonly environmentId: string;
  readonly filter?: string | null;
  readonly beforeLimit?: number | null;
}

/** Build logs by snapshot, as the dashboard and the command line ask for them. */
export function snapshotLines(world: World, window: EnvironmentWindow) {
  const snapshot = /@snapshot:([\w-]+)/.exec(window.filter ?? "")?.[1];
  const limit = Math.min(window.beforeLimit ?? 100, 5000);
  return world.deployments
    .filter((one) => one.instance.environmentId === window.environmentId)
    .filter((one) => snapshot === undefined || one.snapshotId === snapshot)
    .flatMap((one) => logLines(one, snapshot ? "buildLogs" : "deployLogs", { limit }))
    .slice(-limit);
}

/** Times compare as text once all of them carry nanoseconds. */
function precise(date: string): string {
  const [seconds = "", rest = ""] = date.replace("Z", "").split(".");
  return `${seconds}.${rest.padEnd(9, "0")}Z`;
}
