import type { Executor, StepContext, StepResult } from "../../execute/executor.ts";
import type { Step } from "../../plan/step.ts";
import { execFailureOf, worldFailed } from "../failure.ts";
import { runExec } from "./exec.ts";
import { buildImage } from "./image.ts";
import { runProbe } from "./probe.ts";
import { runContainedProcedure } from "./procedure.ts";
import { startApplication } from "./serve.ts";
import { startService } from "./service.ts";
import type { Site } from "./site.ts";

/** The executor that runs each step in a container of its own. It lacks nothing. */
export function createDaggerExecutor(site: Site): Executor {
  return {
    kind: "dagger",
    slots: slotsHere(),
    lacks: {},
    tools: () => Object.fromEntries(site.versions),
    run: (step, context) => guard(() => runOn(site, step, context)),
    startService: (name, service, context) => startService({ site, name, service, context }),
    endStage: async (stage) => {
      const started = [...(site.services.get(stage)?.values() ?? [])];
      site.services.delete(stage);
      await Promise.allSettled(started.map((service) => service.stop({ kill: true })));
    },
  };
}

/** The module runs on the engine's machine, whose processors it sees. */
function slotsHere(): number {
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  return Math.max(2, navigator?.hardwareConcurrency ?? 4);
}

function runOn(site: Site, step: Step, context: StepContext): Promise<StepResult> {
  switch (step.kind) {
    case "exec":
      return runExec(site, step, context);
    case "build-image":
      return buildImage(site, step, context);
    case "serve":
      return startApplication(site, step, context);
    case "probe":
      return runProbe(site, step, context);
    case "procedure":
      return runContainedProcedure(site, step, context);
  }
}

/** What the engine says is the world's failure; an error of our own is a bug and may throw. */
async function guard(work: () => Promise<StepResult>): Promise<StepResult> {
  try {
    return await work();
  } catch (error) {
    const failure = execFailureOf(error);
    // The wrapper never fails: a container that does was ended as a whole.
    if (failure?.exit === 137) {
      return { kind: "exited", exit: 137, ended: "memory", reports: [] };
    }
    if (failure) {
      return worldFailed(
        `\`${failure.command.slice(0, 200)}\` ended with ${failure.exit}: ${failure.output.slice(-1000)}`,
      );
    }
    if (isEngineError(error)) return worldFailed(error);
    throw error;
  }
}

function isEngineError(error: unknown): boolean {
  return (
    error instanceof Error &&
    ("code" in error || /GraphQL|fetch failed/.test(error.name + error.message))
  );
}
