import { describe, expect, it } from "vitest";
import {
  aMonth,
  day,
  deployFact,
  environmentFacts,
  now,
  restoredFact,
} from "../../../../test/builders/facts.ts";
import type { DeployFact } from "../facts.ts";
import { changeFailureRate, deploymentSuccess, deploymentTime } from "./deploys.ts";
import { leadTime, timeToRestore } from "./flow.ts";
import { deploymentFrequency } from "./frequency.ts";
import { incidentsOf } from "./incidents.ts";

const many = (count: number, each: (fence: number) => DeployFact = deployFact): DeployFact[] =>
  Array.from({ length: count }, (_, index) => each(index + 1));

const unbuilt = (fence: number): DeployFact =>
  restoredFact(fence, { served: false, verdict: "build-failed" });

describe("deployment time", () => {
  it("is from the intent to the verdict, of those that were decided", () => {
    const deploys = [
      ...many(5),
      deployFact(6, { kind: "rollback", endedAt: now }),
      deployFact(7, { end: "cancelled", endedAt: now }),
    ];
    expect(deploymentTime(environmentFacts(deploys), aMonth)).toMatchObject({
      count: 5,
      value: 60,
      holds: "yes",
    });
  });

  it("never shows a deploy that ended before it began", () => {
    const deploys = [...many(5), deployFact(6, { endedAt: now - 29 * day })];
    const metric = deploymentTime(environmentFacts(deploys), aMonth);
    expect(metric).toMatchObject({ count: 5, value: 60, apart: [{ count: 1 }] });
  });

  it("of a record that cannot be read says so, and not zero", () => {
    const away = environmentFacts([], { unavailable: "GITHUB_TOKEN is not set" });
    for (const calculate of [deploymentTime, deploymentFrequency, leadTime, timeToRestore]) {
      const metric = calculate(away, aMonth);
      expect(metric.lacks).toBe("not measured: GITHUB_TOKEN is not set");
      expect(metric).not.toHaveProperty("value");
    }
  });
});

describe("success of deployments", () => {
  it("counts a build that failed, and neither cancelled nor unknown ones", () => {
    const deploys = [
      ...many(9),
      unbuilt(10),
      deployFact(11, { end: "cancelled" }),
      deployFact(12, { end: "unknown" }),
      deployFact(13, { end: "nothing" }),
      deployFact(14, { end: "under-way" }),
    ];
    const metric = deploymentSuccess(environmentFacts(deploys), aMonth);
    expect(metric).toMatchObject({ count: 10, value: 90, holds: "no" });
    expect(metric.apart.map(({ count }) => count)).toEqual([1, 1, 1, 1]);
  });
});

describe("change failure rate", () => {
  it("is of those that served; a build that failed changed nothing", () => {
    const deploys = [...many(9), restoredFact(10), unbuilt(11)];
    expect(changeFailureRate(environmentFacts(deploys), aMonth)).toMatchObject({
      count: 10,
      value: 10,
      holds: "no-target",
    });
  });

  it("counts a proven version that was taken back by hand", () => {
    const back = deployFact(11, { kind: "rollback", before: { id: "d10", key: "key-10" } });
    const deploys = [...many(10), back];
    expect(changeFailureRate(environmentFacts(deploys), aMonth).value).toBe(10);
    const failed = { ...back, end: "failed" } as const;
    expect(changeFailureRate(environmentFacts([...many(10), failed]), aMonth).value).toBe(0);
  });
});

describe("lead time for changes", () => {
  it("is from each commit to the proof of the deployment that brought it", () => {
    const deploys = many(5, (fence) => {
      const { at } = deployFact(fence);
      return deployFact(fence, { changes: [at + 50_000 - fence * 100_000] });
    });
    expect(leadTime(environmentFacts(deploys), aMonth)).toMatchObject({ count: 5, value: 300 });
  });

  it("leaves out commits of the future, and names what git does not know", () => {
    const { changes: _, ...unknown } = deployFact(7);
    const deploys = [...many(5), deployFact(6, { changes: [now + day] }), unknown];
    expect(leadTime(environmentFacts(deploys), aMonth)).toMatchObject({
      count: 5,
      apart: [
        { why: "deployments of commits that this clone does not have", count: 1 },
        { why: "ended before it began: clocks that disagree", count: 1 },
      ],
    });
  });
});

describe("time to restore", () => {
  it("is from the moment the failed version served to the proof of what took its place", () => {
    const deploys = many(3, restoredFact);
    expect(timeToRestore(environmentFacts(deploys), aMonth)).toMatchObject({
      count: 3,
      value: 25,
    });
  });

  it("of two incidents is not enough, and one that is not over has no duration", () => {
    const { restoredAt: _, ...open } = restoredFact(3);
    const metric = timeToRestore(
      environmentFacts([restoredFact(1), restoredFact(2), open]),
      aMonth,
    );
    expect(metric).toMatchObject({
      count: 2,
      lacks: "not enough: 2 of 3 incidents",
      apart: [{ why: "not over yet", count: 1 }],
    });
  });
});

describe("incidents", () => {
  const { restoredAt: _, ...broken } = restoredFact(1, { at: 0 });

  it("end with the next proof where bringing back failed", () => {
    const next = deployFact(2, { at: 600_000 });
    expect(incidentsOf([broken, next])).toEqual([{ from: 30_000, to: 650_000 }]);
  });

  it("in a row are one until something is proven", () => {
    const again = { ...broken, fence: 2, key: "b", at: 100_000, liveAt: 130_000 };
    const next = deployFact(3, { at: 600_000 });
    expect(incidentsOf([broken, again, next])).toEqual([{ from: 30_000, to: 650_000 }]);
    expect(incidentsOf([broken, again])).toEqual([{ from: 30_000, to: undefined }]);
  });

  it("are none where nothing that served failed", () => {
    expect(incidentsOf([deployFact(1), unbuilt(2)])).toEqual([]);
  });
});

describe("deployment frequency", () => {
  it("is proven deployments a day since the record's first word", () => {
    const deploys = Array.from({ length: 20 }, (_, index) =>
      deployFact(index + 1, { at: now - 10 * day + (index * day) / 2 }),
    );
    const aside = [
      deployFact(21, { at: now - day, kind: "rollback" }),
      restoredFact(22, { at: now - day }),
    ];
    expect(deploymentFrequency(environmentFacts([...deploys, ...aside]), aMonth)).toMatchObject({
      count: 10,
      value: 2,
      holds: "yes",
    });
  });

  it("of a quiet month is zero, which was measured", () => {
    const long = [deployFact(1, { at: now - 90 * day })];
    expect(deploymentFrequency(environmentFacts(long), aMonth)).toMatchObject({
      count: 30,
      value: 0,
      holds: "no",
    });
  });

  it.each([0, 3])("of a record of %i days is not enough", (days) => {
    const deploys = days ? [deployFact(1, { at: now - days * day })] : [];
    expect(deploymentFrequency(environmentFacts(deploys), aMonth)).toMatchObject({
      holds: "unknown",
      lacks: `not enough: ${days} of 7 days on record`,
    });
  });
});
