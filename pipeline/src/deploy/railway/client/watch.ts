import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "./connection.ts";
import { type Deployment, deploymentFields, deploymentForm } from "./deployment.ts";
import { byIdOperation } from "./deployments.ts";
import { type Cursor, type LogLine, linesAtOnce, logFields, logForm, pageOf } from "./logs.ts";
import { query, run } from "./operation.ts";

export interface Seen {
  readonly deployment: Deployment;
  /** What was logged since the look before. */
  readonly lines: readonly SeenLine[];
}

export interface SeenLine {
  readonly stream: "build" | "deploy";
  readonly line: LogLine;
}

export const followOperation = query<{
  id: string;
  build: string | null;
  deploy: string | null;
  limit: number;
}>()(
  `query GantryFollow($id: String!, $build: DateTime, $deploy: DateTime, $limit: Int) {
    deployment(id: $id) { ${deploymentFields} }
    buildLogs(deploymentId: $id, startDate: $build, limit: $limit) { ${logFields} }
    deploymentLogs(deploymentId: $id, startDate: $deploy, limit: $limit) { ${logFields} }
  }`,
  z.object({
    deployment: deploymentForm,
    buildLogs: z.array(logForm),
    deploymentLogs: z.array(logForm),
  }),
);

/** Looks at one deployment again and again: state and what was logged since, in one request each. */
export function createWatch(connection: Connection, id: string): () => Promise<Answer<Seen>> {
  const cursors: { build: Cursor | undefined; deploy: Cursor | undefined } = {
    build: undefined,
    deploy: undefined,
  };
  return async () => {
    const since = {
      build: cursors.build?.since ?? null,
      deploy: cursors.deploy?.since ?? null,
      limit: linesAtOnce,
    };
    // One try at a time: the next look is the repetition.
    const all = await run(connection, followOperation, { id, ...since }, 1);
    if (all.kind === "refused") return withoutLogs(connection, id);
    if (all.kind !== "ok") return all;
    const build = pageOf(all.value.buildLogs, cursors.build);
    const deploy = pageOf(all.value.deploymentLogs, cursors.deploy);
    cursors.build = build.cursor;
    cursors.deploy = deploy.cursor;
    const lines: SeenLine[] = [
      ...build.lines.map((line) => ({ stream: "build" as const, line })),
      ...deploy.lines.map((line) => ({ stream: "deploy" as const, line })),
    ];
    return { kind: "ok", value: { deployment: all.value.deployment, lines } };
  };
}

/** Logs that are refused do not cost the state. */
async function withoutLogs(connection: Connection, id: string): Promise<Answer<Seen>> {
  const alone = await run(connection, byIdOperation, { id }, 1);
  if (alone.kind !== "ok") return alone;
  return { kind: "ok", value: { deployment: alone.value.deployment, lines: [] } };
}
