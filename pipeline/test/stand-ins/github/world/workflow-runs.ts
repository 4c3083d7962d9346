import type { Artifact, WorkflowRun } from "./model.ts";
import { timeOf } from "./time.ts";
import type { World } from "./world.ts";

interface NewRun
  extends Partial<
    Pick<WorkflowRun, "id" | "file" | "event" | "conclusion" | "attempt" | "fromFork">
  > {
  readonly branch: string;
  readonly sha: string;
  /** Names with their ZIPs. */
  readonly artifacts?: readonly Pick<Artifact, "name" | "content">[];
}

/** A run that is over: green, and for a push, unless told. */
export function addRun(
  world: World,
  { branch, sha, artifacts = [], ...wanted }: NewRun,
): WorkflowRun {
  const created_at = timeOf(world);
  const run: WorkflowRun = {
    id: world.nextId(),
    file: "ci-cd.yml",
    event: "push",
    conclusion: "success",
    attempt: 1,
    fromFork: false,
    ...wanted,
    head_branch: branch,
    head_sha: sha,
    created_at,
    artifacts: artifacts.map((one) => ({ ...one, id: world.nextId(), expired: false, created_at })),
  };
  world.workflowRuns.push(run);
  return run;
}

/** An artifact, of whichever run. */
export function artifactOf({ workflowRuns }: World, id: number): Artifact | undefined {
  return workflowRuns.flatMap(({ artifacts }) => artifacts).find((one) => one.id === id);
}
