import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aMonth, day, now } from "../../../test/builders/facts.ts";
import { greenRun } from "../../../test/builders/sample-runs.ts";
import { readRuns } from "./read-runs.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry runs "));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A run's folder; without a text for `run.json` it has none. */
async function leave(name: string, text: string | undefined, changed = now): Promise<void> {
  await mkdir(join(folder, name));
  if (text === undefined) return;
  await writeFile(join(folder, name, "run.json"), text);
  await utimes(join(folder, name, "run.json"), changed / 1000, changed / 1000);
}

const runAt = (at: number): string =>
  JSON.stringify(greenRun({ startedAt: new Date(at).toISOString() }));

describe("the runs of a folder", () => {
  it("are those that began in the time that is looked at", async () => {
    await leave("new", runAt(now - day));
    await leave("old", runAt(now - 40 * day), now - 40 * day);
    await leave("copied", runAt(now - 40 * day));
    await symlink(join(folder, "new"), join(folder, "latest"));
    await writeFile(join(folder, "a-file"), "");
    const { runs, leftOut } = await readRuns(folder, aMonth);
    expect(runs.map(({ id }) => id)).toEqual(["new"]);
    expect(leftOut).toEqual([]);
  });

  it("name and count what cannot be read", async () => {
    await leave("half", runAt(now).slice(0, 500));
    await leave("empty", "");
    await leave("other", '{"version":2}');
    await leave("strange", '{"version":1}');
    await leave("future", runAt(now + day));
    await leave("running", undefined);
    await utimes(join(folder, "running"), now / 1000, now / 1000);
    await leave("<b>\u001b[2J", runAt(now));
    const { runs, leftOut } = await readRuns(folder, aMonth);
    expect(runs).toHaveLength(1);
    expect(leftOut).toEqual([
      { why: "begun in the future: a clock that is wrong", count: 1 },
      { why: "no JSON: damaged, or only half written", count: 2 },
      { why: "no run: it lacks what every run has", count: 1 },
      { why: "of another version of Gantry", count: 1 },
      { why: "without an end: under way, or killed", count: 1 },
    ]);
  });

  it("are none where there is no folder yet; one that is none says so", async () => {
    expect(await readRuns(join(folder, "none"), aMonth)).toEqual({ runs: [], leftOut: [] });
    await writeFile(join(folder, "file"), "");
    const { leftOut } = await readRuns(join(folder, "file"), aMonth);
    expect(leftOut).toEqual([{ why: "the folder itself: ENOTDIR", count: 1 }]);
  });
});
