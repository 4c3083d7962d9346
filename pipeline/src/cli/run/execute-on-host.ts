import { type ExecuteRequest, execute } from "../../execute/execute.ts";
import type { Run } from "../../execute/run.ts";
import { createHostExecutor } from "../../host/executor/host.ts";
import type { Source } from "../../host/source/source.ts";
import type { Plan } from "../../plan/plan.ts";
import { gantryHome } from "../home.ts";
import type { RunStore } from "./run-store.ts";

export interface HostExecution
  extends Pick<ExecuteRequest, "listener" | "signal" | "endedBy" | "lastSeconds" | "url"> {
  readonly plan: Plan;
  readonly source: Source;
  readonly id: string;
  readonly store: RunStore;
  /** Where secrets are looked up, and what the executor finds on this machine. */
  readonly machine: NodeJS.ProcessEnv;
  /** Called when the run is there, before what it left running is ended. */
  readonly ended?: (run: Run) => Promise<void>;
}

/** Executes a plan as processes on this machine; nothing that it started is left behind. */
export async function executeOnHost({
  source,
  store,
  machine,
  ended,
  ...request
}: HostExecution): Promise<Run> {
  const executor = await createHostExecutor({
    plan: request.plan,
    source,
    runId: request.id,
    runFolder: store.folder,
    home: gantryHome(),
    machine,
  });
  try {
    const run = await execute({
      ...request,
      executor,
      startedAt: new Date().toISOString(),
      now: () => performance.now(),
      secret: (name) => machine[name],
      log: store.log,
      files: source.files.map(({ path }) => path),
    });
    await ended?.(run);
    return run;
  } finally {
    await executor.close();
  }
}
