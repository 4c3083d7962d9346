import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allFacts,
  aMonth,
  day,
  deployFact,
  environmentFacts,
  fact,
  now,
  restoredFact,
} from "../../../test/builders/facts.ts";
import { dashboard } from "./dashboard.ts";
import type { RunFact } from "./facts.ts";
import { makeDashboard } from "./make-dashboard.ts";

const someRun: fc.Arbitrary<RunFact> = fc
  .record({
    at: fc.integer({ min: aMonth.from - day, max: now }),
    seconds: fc.integer({ min: 0, max: 1000 }),
    deploySeconds: fc.integer({ min: 0, max: 500 }),
    verdict: fc.constantFrom("passed", "failed", "unknown", "cancelled"),
    event: fc.constantFrom("push", "pull-request", "schedule", "manual"),
    coverage: fc.integer({ min: 0, max: 100 }),
    flaky: fc.uniqueArray(fc.constantFrom("a", "b", "c")),
    stages: fc.constantFrom(
      [],
      [
        {
          id: "unit-tests" as const,
          outcome: "passed" as const,
          seconds: 10,
          tests: { passed: 30, failed: 1 },
          reused: false,
        },
      ],
    ),
  })
  .map((given) => fact(given as Partial<RunFact>));

const runs = fc
  .array(someRun, { maxLength: 60 })
  .map((list) => list.map((run, index) => ({ ...run, id: `run-${index}` })));

describe("the dashboard", () => {
  it("does not depend on the order in which runs and records are read", () => {
    const deploys = [deployFact(1), restoredFact(2), deployFact(3), deployFact(4)];
    fc.assert(
      fc.property(runs, fc.infiniteStream(fc.nat()), (given, chance) => {
        const shuffled = given
          .map((run) => ({ run, key: chance.next().value as number }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ run }) => run);
        const make = (list: readonly RunFact[], order: typeof deploys) =>
          makeDashboard(
            allFacts({
              runs: list,
              environments: [environmentFacts(order)],
              measured: "production",
            }),
          );
        expect(make(shuffled, deploys.toReversed())).toEqual(make(given, deploys));
      }),
      { numRuns: 40 },
    );
  });

  it("always has its published form, with no number below zero", () => {
    fc.assert(
      fc.property(runs, (given) => {
        expect(dashboard.safeParse(makeDashboard(allFacts({ runs: given }))).error).toBe(undefined);
      }),
      { numRuns: 40 },
    );
  });

  it("of nothing has no number at all", () => {
    const empty = makeDashboard(allFacts());
    expect(empty.metrics).toHaveLength(11);
    expect(empty.metrics.filter(({ value }) => value !== undefined)).toEqual([]);
    expect(empty.metrics.filter(({ holds }) => holds === "yes" || holds === "no")).toEqual([]);
    expect(empty).toMatchObject({ stages: [], flaky: [], runs: [], pyramid: { holds: "unknown" } });
  });

  it("measures the environment that is meant, and names one that cannot be read", () => {
    const environments = [
      environmentFacts(
        Array.from({ length: 6 }, (_, index) => deployFact(index + 1)),
        { name: "staging" },
      ),
      environmentFacts([], { unavailable: "no token" }),
    ];
    const time = (measured: string) =>
      makeDashboard(allFacts({ environments, measured })).metrics.find(
        ({ id }) => id === "deployment-time",
      );
    expect(time("staging")).toMatchObject({ value: 60 });
    expect(time("production")).toMatchObject({ lacks: "not measured: no token" });
    const shown = makeDashboard(allFacts({ environments, measured: "staging" })).environments;
    expect(shown).toMatchObject([{ attempts: 6, proven: 6 }, { unavailable: "no token" }]);
  });

  it("shows the newest hundred runs with what was red", () => {
    const many = Array.from({ length: 150 }, (_, index) =>
      fact({
        id: `r${index}`,
        at: now - index * 1000,
        stages: [{ id: "unit-tests", outcome: "failed", seconds: 1, reused: false }],
      }),
    );
    const shown = makeDashboard(allFacts({ runs: many })).runs;
    expect(shown).toHaveLength(100);
    expect(shown[0]).toMatchObject({ id: "r0", red: [{ id: "unit-tests", outcome: "failed" }] });
  });
});
