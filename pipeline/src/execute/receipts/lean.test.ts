import { describe, expect, test } from "vitest";
import {
  cobertura,
  coverageReport,
  type Executed,
  type ExecuteOptions,
  executeStages,
  exited,
  junit,
  junitReport,
} from "../../../test/builders/executor.ts";
import { planned, plannedImage, plannedStep } from "../../../test/builders/plan.ts";
import type { Stage } from "../../plan/plan.ts";
import { run as runSchema } from "../run.ts";
import type { Receipt, Receipts } from "./receipt.ts";

/** Receipts by what went in, without a disk. */
function shelf(): Receipts & { readonly kept: Map<string, Receipt>; readonly laid: string[] } {
  const laid: string[] = [];
  const kept = new Map<string, Receipt>();
  return {
    kept,
    laid,
    find: async ({ inputs }) => kept.get(JSON.stringify(inputs)),
    async lay({ inputs }) {
      laid.push(inputs.steps.at(-1)?.id ?? "");
      return true;
    },
    async keep(earned) {
      for (const { inputs, receipt } of earned) kept.set(JSON.stringify(inputs), receipt);
    },
  };
}

const install = plannedStep("install", { early: true });
const unit = plannedStep("unit", { needs: ["install"], after: "install", leaves: [junitReport] });
const alone = plannedStep("unit");
const stages = (steps: Stage["steps"], more: Partial<Stage> = {}): Stage[] => [
  planned("unit-tests", { steps, ...more }),
];
const green = exited(0, { reports: [junit({ a: true, b: true })] });

const services = {
  db: { image: "db:1", port: 1, env: {}, provides: {}, readySeconds: 1 },
};

/** Runs twice with the same receipts: what the second run did is looked at. */
async function twice(
  plan: readonly Stage[],
  first: ExecuteOptions = {},
  second: ExecuteOptions = first,
): Promise<Executed> {
  const receipts = shelf();
  await executeStages(plan, { ...first, request: { receipts, ...first.request } });
  const request = { receipts, id: "run-2", ...second.request };
  return executeStages(plan, { ...second, request });
}

function ran({ executor }: Executed): string[] {
  return executor.calls.filter((call) => call.startsWith("run ")).map((call) => call.slice(4));
}

describe("a step that passed with the same inputs", () => {
  test("is not run again, and its results and whose they are stand in the run", async () => {
    const again = await twice(stages([install, unit]), { steps: { unit: green } });
    expect(ran(again)).toEqual([]);
    expect(again.run.verdict).toBe("passed");
    expect(again.stage("unit-tests")).toMatchObject({
      outcome: "passed",
      seconds: 0,
      tests: { passed: 2, failed: 0, skipped: 0 },
    });
    expect(again.step("unit")).toMatchObject({
      reused: true,
      receipt: { run: "run-1", commit: again.run.plan.trigger.commit, at: "2026-11-23T09:30:00Z" },
    });
    expect(runSchema.safeParse(again.run).error).toBeUndefined();
    expect(again.events.filter(({ type }) => type === "step-ended")).toHaveLength(2);
  });

  test("earns nothing again: a third run leans on the first", async () => {
    const receipts = shelf();
    const once = (id: string) => executeStages(stages([alone]), { request: { receipts, id } });
    await once("run-1");
    await once("run-2");
    const third = await once("run-3");
    expect(third.step("unit").receipt?.run).toBe("run-1");
  });

  test("runs where everything is asked for afresh, and earns its receipt anew", async () => {
    const receipts = shelf();
    const request = { receipts };
    await executeStages(stages([alone]), { request });
    const fresh = await executeStages(stages([alone]), { plan: { fresh: true }, request });
    expect(ran(fresh)).toEqual(["unit"]);
    expect(receipts.kept.size).toBe(1);
  });

  test("is judged by today's gate over the whole stage", async () => {
    const measured = plannedStep("unit", { leaves: [coverageReport], coverage: {} });
    const steps = { unit: exited(0, { reports: [cobertura(6, 10)] }) };
    const receipts = shelf();
    await executeStages(stages([measured]), { steps, request: { receipts } });
    const gated = stages([measured], { coverage: { minimum: 70 } });
    const again = await executeStages(gated, { steps, request: { receipts } });
    expect(ran(again)).toEqual([]);
    expect(again.stage("unit-tests").outcome).toBe("coverage-below");
  });

  test("is held up where what its stage needs did not pass", async () => {
    const chain = [
      planned("code-quality", { steps: [plannedStep("lint")] }),
      planned("unit-tests", { needs: ["code-quality"], steps: [unit, install] }),
    ];
    const fresh = { plan: { fresh: true as const } };
    const receipts = shelf();
    await executeStages(chain, { request: { receipts } });
    receipts.kept.forEach((kept, key) => {
      if (kept.step.id === "lint") receipts.kept.delete(key);
    });
    const again = await executeStages(chain, {
      steps: { lint: exited(1) },
      request: { receipts },
    });
    expect(again.stage("unit-tests").outcome).toBe("skipped");
    expect(again.step("unit")).toMatchObject({ outcome: "skipped" });
    expect(ran(again)).toEqual(["lint"]);
    expect(ran(await executeStages(chain, { ...fresh, request: { receipts } }))).toHaveLength(3);
  });
});

describe("what runs again", () => {
  test("is what was red, and what it goes on from; what was green beside it stands", async () => {
    const lint = plannedStep("lint", { needs: ["install"], after: "install" });
    const steps = stages([install, lint, unit]);
    const again = await twice(steps, { steps: { unit: exited(1) } }, { steps: { unit: green } });
    expect(ran(again)).toEqual(["install", "unit"]);
    expect(again.step("lint").receipt?.run).toBe("run-1");
    expect(again.run.verdict).toBe("passed");
  });

  test("finds no file of an earlier run in its place, whose report it could take for its own", async () => {
    const more = plannedStep("more", { needs: ["unit"], after: "unit" });
    const receipts = shelf();
    const request = { receipts };
    const red = { unit: green, more: exited(1) };
    await executeStages(stages([install, unit, more]), { steps: red, request });
    const again = await executeStages(stages([install, unit, more]), { steps: red, request });
    expect(ran(again)).toEqual(["install", "unit", "more"]);
    expect(receipts.laid).toEqual([]);
  });

  test("is what cannot be laid out, with what it goes on from", async () => {
    const receipts = shelf();
    const steps = { unit: green };
    await executeStages(stages([install, unit]), { steps, request: { receipts } });
    const lay = async () => false;
    const request = { receipts: { ...receipts, lay } };
    const again = await executeStages(stages([install, unit]), { steps, request });
    expect(ran(again)).toEqual(["install", "unit"]);
  });

  test("is what needs the files of another, with what left them", async () => {
    const build = plannedStep("build");
    const uses = plannedStep("uses", { needs: ["build"], secrets: ["KEY"] });
    const secrets = { KEY: "k" };
    expect(ran(await twice(stages([build, uses]), { secrets }))).toEqual(["build", "uses"]);
    const reads = { ...uses, reads: ["build"] };
    expect(ran(await twice(stages([build, reads]), { secrets }))).toEqual(["uses"]);
  });

  test.each<[string, Stage["steps"], ExecuteOptions]>([
    ["meets a secret", [plannedStep("unit", { secrets: ["KEY"] })], { secrets: { KEY: "k" } }],
    [
      "meets a secret that it can do without",
      [plannedStep("unit", { optionalSecrets: ["KEY"] })],
      { secrets: { KEY: "k" } },
    ],
    ["meets a service", [plannedStep("unit", { services: ["db"] })], { plan: { services } }],
    [
      "asks a started application",
      [plannedStep("unit", { asks: "application" })],
      { steps: { unit: exited(0) } },
    ],
    [
      "fetches from elsewhere",
      [plannedStep("unit", { fetches: { what: "a browser", mend: "wait" } })],
      { steps: { unit: exited(0) } },
    ],
    ["builds an image", [plannedImage({ id: "unit" })], {}],
    [
      "passed by chance",
      [
        plannedStep("unit", {
          leaves: [junitReport],
          tests: true,
          retry: { times: 1, argv: ["again"], flaky: "warn" },
        }),
      ],
      {
        steps: {
          unit: async ({ attempt }) =>
            attempt === 1
              ? exited(1, { reports: [junit({ a: false })] })
              : exited(0, { reports: [junit({ a: true })] }),
        },
      },
    ],
    [
      "could not check all",
      [plannedStep("unit")],
      { steps: { unit: exited(0, { notChecked: ["image"] }) } },
    ],
    ["is a fork's", [plannedStep("unit")], { plan: { trigger: forked() } }],
  ])("is what %s", async (_, steps, options) => {
    expect(new Set(ran(await twice(stages(steps), options)))).toEqual(new Set(["unit"]));
  });

  test("is what comes after a step that has no receipt", async () => {
    const first = plannedStep("first", { services: ["db"] });
    const second = plannedStep("second", { reads: ["first"], needs: ["first"] });
    const again = await twice(stages([first, second]), { plan: { services } });
    expect(ran(again)).toEqual(["first", "second"]);
  });

  test("a secret that is not there is no obstacle", async () => {
    const optional = plannedStep("unit", { optionalSecrets: ["KEY"] });
    expect(ran(await twice(stages([optional])))).toEqual([]);
    expect(ran(await twice(stages([optional]), {}, { secrets: { KEY: "k" } }))).toEqual(["unit"]);
  });

  test.each([
    ["command", plannedStep("unit", { argv: ["other"] }), {}],
    ["variable", plannedStep("unit", { env: { A: "1" } }), {}],
    ["toolchain", plannedStep("unit"), { backend: { kind: "python", version: "3.9", tools: {} } }],
  ] as const)("is what has another %s", async (_, step, toolchains) => {
    const receipts = shelf();
    const request = { receipts };
    await executeStages(stages([plannedStep("unit")]), { request });
    const plan = Object.keys(toolchains).length > 0 ? { toolchains } : {};
    const again = await executeStages(stages([step]), { plan, request });
    expect(ran(again)).toEqual(["unit"]);
  });

  test("is everything after a run that was cancelled", async () => {
    const cancelled = new AbortController();
    const receipts = shelf();
    const steps = {
      unit: async () => {
        cancelled.abort();
        return exited(0);
      },
    };
    const request = { receipts, signal: cancelled.signal };
    await executeStages(stages([install, unit]), { steps, request });
    expect(receipts.kept.size).toBe(0);
  });
});

function forked() {
  return {
    event: "pull-request",
    branch: "feature/x",
    base: "main",
    commit: "1234567",
    eventName: "pull_request",
    fork: true,
  } as const;
}
