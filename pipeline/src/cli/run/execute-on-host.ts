import { join } from "node:path";
import { type ExecuteRequest, execute } from "../../execute/execute.ts";
import type { Run } from "../../execute/run.ts";
import { createHostExecutor } from "../../host/executor/host.ts";
import { createReceipts } from "../../host/receipts/receipts.ts";
import { readSource, type Source } from "../../host/source/source.ts";
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
  /**
   * Set where results of earlier runs may stand, to what stands for Gantry's own code. Never for
   * what is asked of the world outside, such as tests against a deployment.
   */
  readonly core?: string;
  /** Called when the run is there, before what it left running is ended. */
  readonly ended?: (run: Run) => Promise<void>;
}

/** Executes a plan as processes on this machine; nothing that it started is left behind. */
export async function executeOnHost({
  source,
  store,
  machine,
  ended,
  core,
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
  const receipts =
    core !== undefined &&
    createReceipts({
      source,
      core,
      shed: executor.shed,
      machine,
      folder: join(gantryHome(), "receipts"),
      runFolder: store.folder,
      hashNow: async () => {
        const now = await readSource(source.root);
        return now.ok ? now.value.hash : undefined;
      },
      now: () => new Date(),
    });
  try {
    const run = await execute({
      ...request,
      executor,
      ...(receipts && { receipts }),
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
