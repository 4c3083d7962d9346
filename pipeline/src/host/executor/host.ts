import { mkdir } from "node:fs/promises";
import { availableParallelism, freemem } from "node:os";
import { join } from "node:path";
import type { Executor, StepContext, StepResult } from "../../execute/executor.ts";
import type { Plan } from "../../plan/plan.ts";
import type { Step } from "../../plan/step.ts";
import { type Docker, findDocker } from "../docker.ts";
import type { Source } from "../source/source.ts";
import { createToolShed, type ToolShed } from "../tools.ts";
import { runExec } from "./exec.ts";
import { buildImage } from "./image.ts";
import { endRunningProcesses } from "./leftovers.ts";
import { runHostProcedure } from "./procedure.ts";
import { runProbe, startApplication } from "./serve.ts";
import type { Served } from "./served.ts";
import { startContainerService } from "./service.ts";
import { takeWorkRoot } from "./work-root.ts";
import { createWorkspaces, type Workspaces } from "./workspaces.ts";

export interface HostRequest {
  readonly plan: Plan;
  readonly source: Source;
  readonly runId: string;
  /** The run's folder: logs and artifacts go there. */
  readonly runFolder: string;
  /** Where tools and download caches are kept; shared by all repositories. */
  readonly home: string;
  readonly machine: NodeJS.ProcessEnv;
}

/** What the parts of the host executor share during one run. */
export interface Host extends HostRequest {
  readonly docker: Awaited<ReturnType<typeof findDocker>>;
  readonly shed: ToolShed;
  /** Where tools are kept. */
  readonly tools: string;
  readonly workspaces: Workspaces;
  /** Everything that a stage must end with: containers, processes, images. */
  readonly toEnd: Map<string, (() => Promise<void>)[]>;
  readonly served: Map<string, Served>;
  readonly images: Map<string, string>;
  readonly versions: Map<string, string>;
}

export interface HostExecutor extends Executor {
  readonly shed: ToolShed;
  /** Ends whatever escaped its process group. */
  readonly close: () => Promise<void>;
}

const memoryPerStep = 1024 ** 3;

/** The executor that runs each step as a process on this machine. */
export async function createHostExecutor(request: HostRequest): Promise<HostExecutor> {
  const { source, plan, home, machine, runId } = request;
  const docker = wantsDocker(plan)
    ? await findDocker(machine)
    : ({ ok: false, reason: "the plan needs no Docker" } as const);
  const tools = join(home, "tools");
  await mkdir(tools, { recursive: true });
  const workRoot = await takeWorkRoot(join(source.root, ".gantry"));
  const host: Host = {
    ...request,
    docker,
    shed: createToolShed(tools, machine),
    tools,
    workspaces: createWorkspaces(source, plan, workRoot.folder),
    toEnd: new Map(),
    served: new Map(),
    images: new Map(),
    versions: new Map(docker.ok ? [["docker", docker.docker.version]] : []),
  };
  return {
    kind: "host",
    slots: Math.max(2, Math.min(availableParallelism(), Math.floor(freemem() / memoryPerStep))),
    lacks: docker.ok ? {} : { images: docker.reason, services: docker.reason },
    tools: () => Object.fromEntries(host.versions),
    shed: host.shed,
    run: (step, context) => guard(() => runOn(host, step, context)),
    startService: (name, service, context) =>
      startContainerService({ host, name, service, context }),
    endStage: async (stage) => {
      const ends = host.toEnd.get(stage) ?? [];
      host.toEnd.delete(stage);
      await Promise.allSettled(ends.reverse().map((end) => end()));
    },
    close: async () => {
      await endRunningProcesses(runId);
      await workRoot.release();
    },
  };
}

/** Asking the daemon takes a tenth of a second, which a plan without containers can do without. */
function wantsDocker(plan: Plan): boolean {
  const steps = plan.stages.flatMap((stage) => stage.steps);
  return steps.some((step) =>
    step.kind === "exec" ? step.services.length > 0 : step.kind === "build-image",
  );
}

function runOn(host: Host, step: Step, context: StepContext): Promise<StepResult> {
  switch (step.kind) {
    case "exec":
      return runExec(host, step, context);
    case "build-image":
      return buildImage(host, step, context);
    case "serve":
      return startApplication(host, step, context);
    case "probe":
      return runProbe(host, step, context);
    case "procedure":
      return runHostProcedure(host, step, context);
  }
}

/** A full or read-only disk is the world's failure; anything unknown is a bug and may throw. */
async function guard(work: () => Promise<StepResult>): Promise<StepResult> {
  try {
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!/^(ENOSPC|EROFS|EACCES|EPERM|EDQUOT|EMFILE)$/.test(code)) throw error;
    return {
      kind: "world-failed",
      reason: `the disk said no: ${(error as Error).message}`,
      mend: "make room, or give write access to the `.gantry` folder",
    };
  }
}

/** Remembers what the stage has to end with. */
export function endWithStage(host: Host, stage: string, end: () => Promise<void>): void {
  host.toEnd.set(stage, [...(host.toEnd.get(stage) ?? []), end]);
}

export function dockerOf(host: Host): Docker | undefined {
  return host.docker.ok ? host.docker.docker : undefined;
}
