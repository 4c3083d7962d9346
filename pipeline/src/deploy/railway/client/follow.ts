import { z } from "zod";
import type { Answer, Failure } from "../../../network/answer.ts";
import type { Connection } from "./connection.ts";
import { type Deployment, deploymentFields, deploymentForm } from "./deployment.ts";
import { byIdOperation } from "./deployments.ts";
import { type Cursor, type LogLine, linesAtOnce, logFields, logForm, pageOf } from "./logs.ts";
import { query, run } from "./operation.ts";
import { isSettled } from "./phase.ts";

export interface Follow {
  readonly id: string;
  /** How long to follow. */
  readonly forSeconds: number;
  /** Between two looks: 6 s keep a deployment of 5 minutes below 60 requests. */
  readonly everySeconds?: number;
  readonly onDeployment?: (deployment: Deployment) => void;
  readonly onLog?: (stream: "build" | "deploy", line: LogLine) => void;
  readonly signal?: AbortSignal;
}

export type Followed =
  | { readonly kind: "settled"; readonly deployment: Deployment }
  /** Still under way when the time was over; the last that was seen, if anything was. */
  | { readonly kind: "timed-out"; readonly last: Deployment | undefined }
  /** Cannot be followed any further: the token or the deployment is gone. */
  | { readonly kind: "broken"; readonly failure: Failure; readonly last: Deployment | undefined }
  | { readonly kind: "stopped"; readonly last: Deployment | undefined };

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

/** Follows a deployment by its id until nothing changes any more; state and logs in one request. */
export async function follow(connection: Connection, options: Follow): Promise<Followed> {
  const until = connection.now() + options.forSeconds * 1000;
  const state: State = { last: undefined, build: undefined, deploy: undefined };
  for (;;) {
    const answer = await look(connection, options, state);
    const verdict = take(answer, state, options);
    if (verdict) return verdict;
    const left = (until - connection.now()) / 1000;
    if (left <= 0) return { kind: "timed-out", last: state.last };
    await connection.sleep(Math.min(left, pause(answer, options)), options.signal);
    if (options.signal?.aborted) return { kind: "stopped", last: state.last };
  }
}

interface State {
  last: Deployment | undefined;
  build: Cursor | undefined;
  deploy: Cursor | undefined;
}

/** One try at a time: the next look is the repetition. Logs that are refused do not cost the state. */
async function look(
  connection: Connection,
  { id, onLog }: Follow,
  state: State,
): Promise<Answer<Deployment>> {
  const all = await run(
    connection,
    followOperation,
    { id, build: since(state.build), deploy: since(state.deploy), limit: linesAtOnce },
    1,
  );
  if (all.kind === "refused") return only(await run(connection, byIdOperation, { id }, 1));
  if (all.kind !== "ok") return all;
  for (const [stream, lines] of [
    ["build", all.value.buildLogs],
    ["deploy", all.value.deploymentLogs],
  ] as const) {
    const page = pageOf(lines, state[stream]);
    state[stream] = page.cursor;
    for (const line of page.lines) onLog?.(stream, line);
  }
  return only(all);
}

function since(cursor: Cursor | undefined): string | null {
  return cursor?.since ?? null;
}

function only(answer: Answer<{ readonly deployment: Deployment }>): Answer<Deployment> {
  return answer.kind === "ok" ? { kind: "ok", value: answer.value.deployment } : answer;
}

function take(
  answer: Answer<Deployment>,
  state: State,
  { onDeployment }: Follow,
): Followed | undefined {
  if (answer.kind === "refused" || answer.kind === "unauthorised") {
    return { kind: "broken", failure: answer, last: state.last };
  }
  if (answer.kind !== "ok") return undefined;
  const deployment = answer.value;
  if (deployment.phase.said !== state.last?.phase.said) onDeployment?.(deployment);
  state.last = deployment;
  return isSettled(deployment.phase) ? { kind: "settled", deployment } : undefined;
}

function pause(answer: Answer<unknown>, { everySeconds = 6 }: Follow): number {
  if (answer.kind !== "rate-limited") return everySeconds;
  return Math.max(everySeconds, answer.retryAfterSeconds);
}
