import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  provenEvents,
  restoredEvents,
  unbuiltEvents,
  type WrittenAttempt,
  writeAttempts,
} from "../../../test/builders/records.ts";
import type { DeployFact } from "../../report/dashboard/facts.ts";
import { createFileStore } from "../records/file-store.ts";
import { readStandings } from "../records/journal.ts";
import type { Verdict } from "../verdict.ts";
import { deployFacts } from "./deploy-facts.ts";

const at = "2026-11-23T10:00:00.000Z";
const start = Date.parse(at);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry-facts-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function factsOf(attempts: readonly WrittenAttempt[]): Promise<readonly DeployFact[]> {
  const store = createFileStore(join(folder, "records.jsonl"));
  await writeAttempts(store, attempts);
  const read = await readStandings(store, 100);
  if (read.kind !== "ok") throw new Error(read.kind);
  return deployFacts(read.value);
}

describe("what is counted of a record", () => {
  it("is each attempt, oldest first, with its moments", async () => {
    const [proven, restored, unbuilt] = await factsOf([
      { at, events: provenEvents("d1", 100) },
      { at, events: restoredEvents("d2", "d1", 100), before: { id: "d1", key: "key-1" } },
      { at, events: unbuiltEvents(40) },
    ]);
    expect(proven).toMatchObject({
      fence: 1,
      end: "proven",
      served: true,
      id: "d1",
      at: start,
      liveAt: start + 60_000,
      provenAt: start + 95_000,
      endedAt: start + 100_000,
    });
    expect(restored).toMatchObject({
      end: "failed",
      served: true,
      id: "d2",
      restoredAt: start + 90_000,
      before: { id: "d1", key: "key-1" },
    });
    expect(restored).not.toHaveProperty("provenAt");
    expect(unbuilt).toMatchObject({ end: "failed", served: false, verdict: "build-failed" });
    expect(unbuilt).not.toHaveProperty("liveAt");
  });

  it.each<[Verdict, DeployFact["end"]]>([
    ["live", "proven"],
    ["unhealthy", "failed"],
    ["timed-out", "failed"],
    ["cancelled", "cancelled"],
    ["unproven", "unknown"],
    ["unknown", "unknown"],
    ["locked", "nothing"],
    ["abandoned", "nothing"],
  ])("%s counts as %s", async (verdict, end) => {
    const ended = { event: "ended", verdict, rollback: "not-needed" } as const;
    expect(await factsOf([{ at, events: [[1, ended]] }])).toMatchObject([{ end, verdict }]);
  });

  it("says of an attempt without an end that it has none", async () => {
    const [open] = await factsOf([{ at, events: [[1, { event: "sending" }]] }]);
    expect(open?.end).toBe("under-way");
    expect(open).not.toHaveProperty("endedAt");
  });
});
