import type {
  DeployFact,
  EnvironmentFacts,
  Facts,
  RunFact,
} from "../../src/report/dashboard/facts.ts";
import { targetsOf } from "../../src/report/dashboard/targets.ts";
import { hashOf } from "./history.ts";

/** The facts that a dashboard is made of; everything can be overridden. */

export const day = 24 * 3600 * 1000;
export const now = Date.parse("2026-11-23T12:00:00Z");
export const aMonth = { from: now - 30 * day, to: now, targets: targetsOf() };

export function fact(overrides: Partial<RunFact> = {}): RunFact {
  return {
    id: "run",
    at: now - day,
    seconds: 100,
    verdict: "passed",
    event: "push",
    branch: "main",
    commit: hashOf(1),
    checked: true,
    whole: true,
    deploySeconds: 0,
    stages: [],
    flaky: [],
    ...overrides,
  };
}

/** So many runs, one an hour back from now, each as it is told. */
export function factsOf(count: number, each: (index: number) => Partial<RunFact>): RunFact[] {
  return Array.from({ length: count }, (_, index) =>
    fact({ id: `run-${index}`, at: now - (index + 1) * 3_600_000, ...each(index) }),
  );
}

/** A deployment that was proven a minute after it was meant. */
export function deployFact(fence: number, overrides: Partial<DeployFact> = {}): DeployFact {
  const { at = now - 20 * day + fence * 3_600_000 } = overrides;
  return {
    fence,
    key: `key-${fence}`,
    kind: "deploy",
    commit: hashOf(fence),
    at,
    liveAt: at + 30_000,
    provenAt: at + 50_000,
    endedAt: at + 60_000,
    verdict: "live",
    end: "proven",
    served: true,
    id: `d${fence}`,
    changes: [at - 3_600_000],
    ...overrides,
  };
}

/** One whose version took over, failed, and gave way again to the one before it. */
export function restoredFact(fence: number, overrides: Partial<DeployFact> = {}): DeployFact {
  const { provenAt: _, changes: __, ...same } = deployFact(fence, overrides);
  const restored = { restoredAt: same.at + 55_000, verdict: "unhealthy", end: "failed" } as const;
  return { ...same, ...restored, ...overrides };
}

export function environmentFacts(
  deploys: readonly DeployFact[],
  overrides: Partial<EnvironmentFacts> = {},
): EnvironmentFacts {
  return {
    name: "production",
    provider: "local",
    place: "records.jsonl",
    deploys,
    cut: false,
    breaks: 0,
    ...overrides,
  };
}

export function allFacts(overrides: Partial<Facts> = {}): Facts {
  return {
    name: "rose",
    scope: aMonth,
    runs: [],
    runsPlace: ".gantry/runs",
    runsLeftOut: [],
    environments: [],
    measured: undefined,
    ...overrides,
  };
}
