import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { StepContext, StepResult } from "../../../execute/executor.ts";
import { runExec, toolsFor } from "../../../host/executor/exec.ts";
import type { Host } from "../../../host/executor/host.ts";
import { createToolShed } from "../../../host/tools.ts";
import type { ExecStep } from "../../../plan/step.ts";
import type { BuildOrder, Built } from "./build-order.ts";
import type { BuildRequest } from "./build-release.ts";

type ProcessOrder = Extract<BuildOrder, { kind: "process" }>;

/** Installs and builds a version where it lies, since not everything that is installed can move. */
export async function installAndBuild(order: ProcessOrder, request: BuildRequest): Promise<Built> {
  const host = await hostFor(order, request);
  for (const step of order.steps) {
    await request.output(`gantry: ${step.title}: ${step.argv.join(" ")}\n`);
    const objection = objectionTo(step, await run(host, step, request));
    if (objection) return { ok: false, reason: objection };
  }
  const tools = await toolsFor(host, order.toolchain, contextOf(host, request));
  if (!tools.ok) return { ok: false, reason: `${tools.reason}; ${tools.mend}` };
  return {
    ok: true,
    path: [...order.path.map((folder) => join(request.files, folder)), ...tools.path],
  };
}

/** The host's own way of running steps, with the release as the only workspace. */
async function hostFor(order: ProcessOrder, { task, files }: BuildRequest): Promise<Host> {
  const tools = join(order.home, "tools");
  await mkdir(tools, { recursive: true });
  const open = async (): Promise<string> => files;
  return {
    plan: order.plan,
    source: {
      root: files,
      files: order.files,
      hash: order.plan.source,
      commit: undefined,
      branch: undefined,
      warnings: [],
    },
    runId: task.id,
    runFolder: join(task.release, "run"),
    home: order.home,
    machine: process.env,
    docker: { ok: false, reason: "a version that is a process needs no Docker" },
    shed: createToolShed(tools, process.env),
    tools,
    // What is sent has no history: a step that reads it says so itself.
    workspaces: { root: task.work, open, openWithHistory: open },
    toEnd: new Map(),
    served: new Map(),
    images: new Map(),
    versions: new Map(),
  };
}

async function run(host: Host, step: ExecStep, request: BuildRequest): Promise<StepResult> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort("timeout"), step.timeoutSeconds * 1000);
  const cancel = (): void => limit.abort("cancelled");
  request.signal.addEventListener("abort", cancel);
  if (request.signal.aborted) cancel();
  try {
    return await runExec(host, step, contextOf(host, { ...request, signal: limit.signal }));
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener("abort", cancel);
  }
}

function contextOf(host: Host, { signal, output }: Pick<BuildRequest, "signal" | "output">) {
  return {
    stage: "deploy",
    plan: host.plan,
    signal,
    attempt: 1,
    secrets: {},
    serviceEnv: {},
    note: (text: string): void => void output(`gantry: ${text}\n`),
    output,
  } satisfies StepContext;
}

function objectionTo(step: ExecStep, result: StepResult): string | undefined {
  if (result.kind !== "exited") return `${step.title}: ${result.reason}`;
  if (result.ended === "timeout") return `${step.title}: took over ${step.timeoutSeconds} s`;
  return result.exit === 0
    ? undefined
    : `${step.title}: \`${step.argv[0]}\` ended with ${result.exit}`;
}
