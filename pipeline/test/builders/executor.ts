import type { RunEvent } from "../../src/execute/events.ts";
import { type ExecuteRequest, execute } from "../../src/execute/execute.ts";
import type {
  CollectedReport,
  Executor,
  ServiceResult,
  StepContext,
  StepResult,
} from "../../src/execute/executor.ts";
import type { Run } from "../../src/execute/run.ts";
import type { Plan, Stage } from "../../src/plan/plan.ts";
import type { Report, Step } from "../../src/plan/step.ts";
import { samplePlan } from "./run.ts";

/** What a scripted step does when it is run: a result, or a small program that makes one. */
export type Script = StepResult | ((context: StepContext, step: Step) => Promise<StepResult>);

export interface Scripted {
  /** By step id; a step without a script passes. */
  readonly steps?: Readonly<Record<string, Script>>;
  readonly services?: Readonly<Record<string, ServiceResult | Error>>;
  readonly slots?: number;
  readonly lacks?: Executor["lacks"];
}

export interface ScriptedExecutor extends Executor {
  /** What was asked of it, in order: `run lint`, `ended lint`, `service db`, `end unit-tests`. */
  readonly calls: readonly string[];
  readonly contexts: ReadonlyMap<string, StepContext>;
}

/** An executor without a world: every step does what its script says. */
export function scriptedExecutor(scripted: Scripted = {}): ScriptedExecutor {
  const calls: string[] = [];
  const contexts = new Map<string, StepContext>();
  return {
    kind: "host",
    slots: scripted.slots ?? 4,
    lacks: scripted.lacks ?? {},
    calls,
    contexts,
    tools: () => ({ scripted: "1.0.0" }),
    async run(step, context) {
      calls.push(`run ${step.id}`);
      contexts.set(step.id, context);
      const script = scripted.steps?.[step.id] ?? exited(0);
      const result = typeof script === "function" ? await script(context, step) : script;
      calls.push(`ended ${step.id}`);
      return result;
    },
    async startService(name) {
      calls.push(`service ${name}`);
      const result = scripted.services?.[name] ?? { kind: "ready", env: {} };
      if (result instanceof Error) throw result;
      return result;
    },
    async endStage(stage) {
      calls.push(`end ${stage}`);
    },
  };
}

export interface Executed {
  readonly run: Run;
  readonly events: readonly RunEvent[];
  readonly logs: ReadonlyMap<string, string>;
  readonly executor: ScriptedExecutor;
  readonly stage: (id: string) => Run["stages"][0];
  readonly step: (id: string) => Run["stages"][0]["steps"][0];
}

export type ExecuteOptions = Scripted & {
  readonly plan?: Partial<Plan>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly request?: Partial<ExecuteRequest>;
};

/** Runs some stages on a scripted executor. */
export async function executeStages(
  stages: readonly Stage[],
  { plan, secrets = {}, request, ...scripted }: ExecuteOptions = {},
): Promise<Executed> {
  const executor = scriptedExecutor(scripted);
  const events: RunEvent[] = [];
  const logs = new Map<string, string>();
  let clock = 0;
  const run = await execute({
    plan: samplePlan({ stages: [...stages], ...plan }),
    executor,
    id: "run-1",
    startedAt: "2026-11-23T09:30:00Z",
    now: () => (clock += 10),
    listener: (event) => void events.push(event),
    signal: new AbortController().signal,
    secret: (name) => secrets[name],
    log: async (stage, step, text) => {
      const key = `${stage}/${step}`;
      logs.set(key, (logs.get(key) ?? "") + text);
    },
    files: ["src/app.py"],
    ...request,
  });
  const stage: Executed["stage"] = (id) => found(run.stages, id);
  const step: Executed["step"] = (id) =>
    found(
      run.stages.flatMap((s) => s.steps),
      id,
    );
  return { run, events, logs, executor, stage, step };
}

function found<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const item = list.find((other) => other.id === id);
  if (!item) throw new Error(`there is no ${id} among ${list.map((other) => other.id)}`);
  return item;
}

export function exited(
  exit: number,
  more: Partial<StepResult & { kind: "exited" }> = {},
): StepResult {
  return { kind: "exited", exit, reports: [], ...more };
}

export const junitReport: Report = { format: "junit", path: "junit.xml", artifact: "junit.xml" };
export const coverageReport: Report = { format: "cobertura", path: "cov.xml", artifact: "cov.xml" };

/** A JUnit report with these tests: `true` passed, `false` failed, `undefined` skipped. */
export function junit(tests: Readonly<Record<string, boolean | undefined>>): CollectedReport {
  const cases = Object.entries(tests).map(([name, passed]) => {
    const inner =
      passed === undefined
        ? "<skipped/>"
        : passed
          ? ""
          : `<failure message="assert ${name}">tests/test_app.py:7: AssertionError</failure>`;
    return `<testcase classname="tests.test_app" name="${name}" file="tests/test_app.py" line="6" time="0.1">${inner}</testcase>`;
  });
  const text = `<testsuites><testsuite name="pytest" tests="${cases.length}">${cases.join("")}</testsuite></testsuites>`;
  return { report: junitReport, text };
}

/** A Cobertura report of one file of which so many lines are covered. */
export function cobertura(covered: number, total: number, file = "src/app.py"): CollectedReport {
  const lines = Array.from(
    { length: total },
    (_, n) => `<line number="${n + 1}" hits="${n < covered ? 1 : 0}"/>`,
  );
  const text = `<coverage lines-covered="${covered}" lines-valid="${total}" line-rate="${covered / total}"><sources><source>.</source></sources><packages><package name="."><classes><class name="app" filename="${file}"><lines>${lines.join("")}</lines></class></classes></package></packages></coverage>`;
  return { report: coverageReport, text };
}
