import { isSettled } from "../../src/deploy/provider.ts";
import {
  type Connection,
  createWatch,
  type Deployment,
  type LogLine,
  type Seen,
} from "../../src/deploy/railway/client/index.ts";
import type { Answer, Failure } from "../../src/network/answer.ts";

export interface Follow {
  readonly id: string;
  readonly forSeconds: number;
  readonly everySeconds?: number;
  readonly onDeployment?: (deployment: Deployment) => void;
  readonly onLog?: (stream: "build" | "deploy", line: LogLine) => void;
  readonly signal?: AbortSignal;
}

export type Followed =
  | { readonly kind: "settled"; readonly deployment: Deployment }
  | { readonly kind: "timed-out" | "stopped"; readonly last: Deployment | undefined }
  | { readonly kind: "broken"; readonly failure: Failure; readonly last: Deployment | undefined };

/** Looks at a deployment until nothing changes any more. */
export async function follow(connection: Connection, options: Follow): Promise<Followed> {
  const until = connection.now() + options.forSeconds * 1000;
  const look = createWatch(connection, options.id);
  let last: Deployment | undefined;
  for (;;) {
    const seen = await look();
    if (seen.kind === "refused" || seen.kind === "unauthorised") {
      return { kind: "broken", failure: seen, last };
    }
    if (seen.kind === "ok") {
      tell(seen.value, last, options);
      last = seen.value.deployment;
      if (isSettled(last.phase.phase)) return { kind: "settled", deployment: last };
    }
    const left = (until - connection.now()) / 1000;
    if (left <= 0) return { kind: "timed-out", last };
    await connection.sleep(Math.min(left, pause(seen, options)), options.signal);
    if (options.signal?.aborted) return { kind: "stopped", last };
  }
}

function tell({ deployment, lines }: Seen, last: Deployment | undefined, options: Follow): void {
  for (const { stream, line } of lines) options.onLog?.(stream, line);
  if (deployment.phase.said !== last?.phase.said) options.onDeployment?.(deployment);
}

function pause(seen: Answer<unknown>, { everySeconds = 6 }: Follow): number {
  return seen.kind === "rate-limited"
    ? Math.max(everySeconds, seen.retryAfterSeconds)
    : everySeconds;
}
