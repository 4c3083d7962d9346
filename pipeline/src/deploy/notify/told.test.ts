import { describe, expect, it, test } from "vitest";
import { sampleDeployment, sampleRun } from "../../../test/builders/run.ts";
import { rolledBack, sampleTold, standingWith } from "../../../test/notify/told.ts";
import { createRedactor } from "../../execute/redact/redact.ts";
import { isIncident, isNews, toldOf } from "./told.ts";

describe("what is told of a deploy", () => {
  const attempt = standingWith([
    { event: "sending" },
    { event: "accepted", id: "dep-2" },
    { event: "alive" },
    { event: "failed", verdict: "unhealthy", wasLive: true, id: "dep-2" },
    { event: "ended", verdict: "unhealthy", rollback: "failed", id: "dep-2" },
  ]);
  const redactor = createRedactor(["swordfish-token"]);
  const deployment = sampleDeployment({
    verdict: "unhealthy",
    rollback: "failed",
    why: ["the provider said: bad key swordfish-token"],
  });
  const told = toldOf({ run: sampleRun(), deployment, end: { attempt }, actor: "me", redactor });

  it("holds no secret", () => {
    expect(told.why).toEqual(["the provider said: bad key ***"]);
  });

  it("is read from the record: who, what was done and when", () => {
    expect(told).toMatchObject({ actor: "ada", begun: true, sent: true, before: "dep-1" });
    expect(told.events.map(({ event, about }) => `${event}: ${about}`)).toEqual([
      "opened: octo/rose run 123",
      "sending: ",
      "accepted: dep-2",
      "failed: unhealthy, dep-2",
      "ended: unhealthy, rollback failed, dep-2",
    ]);
  });

  it("keeps its verdict even where that word is a secret", () => {
    const masking = createRedactor(["unhealthy", "failed"]);
    const masked = toldOf({
      run: sampleRun(),
      deployment,
      end: { attempt },
      actor: "me",
      redactor: masking,
    });
    expect(masked).toMatchObject({ verdict: "unhealthy", rollback: "failed" });
  });

  it("says so where nothing was begun", () => {
    const told = toldOf({
      run: sampleRun(),
      deployment,
      end: { attempt: undefined },
      actor: "me",
      redactor,
    });
    expect(told).toMatchObject({ actor: "me", begun: false, sent: false, events: [] });
  });
});

const nothing = { begun: false, sent: false } as const;

test.each([
  [sampleTold(), true, false],
  [sampleTold({ ...nothing }), false, false],
  [sampleTold({ verdict: "locked", ...nothing }), false, false],
  [sampleTold({ verdict: "cancelled", ...nothing }), false, false],
  [sampleTold({ verdict: "cancelled" }), true, false],
  [sampleTold({ verdict: "unproven" }), true, false],
  [sampleTold({ verdict: "abandoned" }), true, false],
  [sampleTold({ verdict: "refused", ...nothing }), true, false],
  [sampleTold({ verdict: "refused", sent: false }), true, false],
  [sampleTold({ verdict: "unknown", ...nothing }), true, false],
  [sampleTold({ verdict: "unknown", sent: false }), true, true],
  [sampleTold({ verdict: "build-failed" }), true, true],
  [rolledBack(), true, true],
  [rolledBack({ rollback: "failed" }), true, true],
  [rolledBack({ rollback: "impossible" }), true, true],
])("%# is news or not, an incident or not", (told, news, incident) => {
  expect([isNews(told), isIncident(told)]).toEqual([news, incident]);
});
