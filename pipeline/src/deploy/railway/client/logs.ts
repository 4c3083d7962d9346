import { z } from "zod";
import { type Answer, mapOk } from "../../../network/answer.ts";
import type { Connection } from "./connection.ts";
import { query, run } from "./operation.ts";

export interface LogLine {
  /** With nanoseconds, as Railway says it. */
  readonly timestamp: string;
  readonly message: string;
  readonly severity: string | null;
}

/** Up to where logs were read: the last time seen, and the lines that carried it. */
export interface Cursor {
  readonly since: string;
  readonly seen: readonly string[];
}

export interface LogPage {
  readonly lines: readonly LogLine[];
  readonly cursor: Cursor | undefined;
  /** As many lines as were asked for: there may be more that are not in here. */
  readonly full: boolean;
}

export const logFields = "timestamp message severity";
export const logForm = z.object({
  timestamp: z.string(),
  message: z.string(),
  severity: z.string().nullable(),
});
export const linesAtOnce = 1000;

type LogVariables = { id: string; since: string | null; limit: number };

export const buildLogsOperation = query<LogVariables>()(
  `query GantryBuildLogs($id: String!, $since: DateTime, $limit: Int) {
    logs: buildLogs(deploymentId: $id, startDate: $since, limit: $limit) { ${logFields} }
  }`,
  z.object({ logs: z.array(logForm) }),
);

export const deployLogsOperation = query<LogVariables>()(
  `query GantryDeployLogs($id: String!, $since: DateTime, $limit: Int) {
    logs: deploymentLogs(deploymentId: $id, startDate: $since, limit: $limit) { ${logFields} }
  }`,
  z.object({ logs: z.array(logForm) }),
);

/** What came after the cursor; without one, from the beginning. */
export async function readLogs(
  connection: Connection,
  of: { readonly id: string; readonly stream: "build" | "deploy" },
  cursor?: Cursor,
): Promise<Answer<LogPage>> {
  const operation = of.stream === "build" ? buildLogsOperation : deployLogsOperation;
  const variables = { id: of.id, since: cursor?.since ?? null, limit: linesAtOnce };
  return mapOk(await run(connection, operation, variables), ({ logs }) => pageOf(logs, cursor));
}

/** The lines that were not seen yet: Railway gives those of the cursor's own time once more. */
export function pageOf(logs: readonly LogLine[], cursor: Cursor | undefined): LogPage {
  const sorted = logs.toSorted((a, b) => compare(a.timestamp, b.timestamp));
  const lines = sorted.filter(
    (line) => !cursor || line.timestamp > cursor.since || isUnseen(line, cursor),
  );
  return { lines, cursor: advance(sorted, cursor), full: logs.length >= linesAtOnce };
}

function isUnseen(line: LogLine, cursor: Cursor): boolean {
  return line.timestamp === cursor.since && !cursor.seen.includes(line.message);
}

function advance(sorted: readonly LogLine[], cursor: Cursor | undefined): Cursor | undefined {
  const since = sorted.at(-1)?.timestamp;
  if (since === undefined || (cursor && since < cursor.since)) return cursor;
  const seen = sorted.filter((line) => line.timestamp === since).map((line) => line.message);
  return { since, seen: cursor?.since === since ? [...cursor.seen, ...seen] : seen };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
