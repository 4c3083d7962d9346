import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checklist } from "./checklist.ts";
import type { Seen } from "./seen.ts";
import { steps } from "./steps.ts";
import { checklistText } from "./text.ts";
import { addTick, readTicks } from "./ticks.ts";

const nothing: Seen = {
  main: "main",
  develop: "develop",
  branches: ["main"],
  tags: [],
  files: { "gantry.yaml": "create", ".github/workflows/ci-cd.yml": "create" },
  protection: { known: false, why: "not asked" },
  missingSecrets: { known: true, value: ["API_KEY"] },
  greenRun: { known: false, why: "not asked" },
  proven: {},
};
const everything: Seen = {
  ...nothing,
  branches: ["main", "develop"],
  tags: ["v1.0.0"],
  files: {
    "gantry.yaml": "theirs",
    ".github/workflows/ci-cd.yml": "same",
    "CONTRIBUTING.md": "differs",
  },
  protection: { known: true, value: { main: true, develop: true } },
  missingSecrets: { known: true, value: [] },
  greenRun: { known: true, value: "2026-11-20" },
  proven: {
    staging: { known: true, value: "2026-11-19" },
    production: { known: true, value: "2026-11-20" },
  },
};
const tick = { by: "Ada", on: "2026-11-23" };
const stateOf = (seen: Seen, id: string, ticks = {}) =>
  checklist(seen, ticks)
    .phases.flatMap((phase) => phase.steps)
    .find((step) => step.id === id);

describe("the checklist", () => {
  test("has the five phases, and begins with what is first", () => {
    const list = checklist(nothing, {});
    expect(list.phases.map(({ id }) => id)).toEqual([
      "setup",
      "workflows",
      "documents",
      "onboarding",
      "cutover",
    ]);
    expect(list.next).toEqual({
      step: "develop-branch",
      do: "git branch develop main && git push -u origin develop",
    });
  });

  test("ticks off what is seen, and leaves only what people know", () => {
    const open = checklist(everything, {})
      .phases.flatMap((phase) => phase.steps)
      .filter(({ state }) => state !== "done");
    expect(open.map(({ id }) => id)).toEqual([
      "walkthrough",
      "practice",
      "test-deployment",
      "lessons-learned",
      "pending-work",
      "release-pull-request",
      "monitoring",
      "celebration",
    ]);
  });

  test.each([
    ["develop-branch", "there is no branch"],
    ["baseline-tag", "no tag is a version"],
    ["secrets", "missing: API_KEY"],
    ["ci-cd-workflow", "missing: gantry.yaml, .github/workflows/ci-cd.yml"],
    ["deployment-integration", "names no environment"],
  ])("%s is open where it is not there", (id, what) => {
    expect(stateOf(nothing, id)).toMatchObject({
      state: "open",
      what: expect.stringContaining(what),
    });
  });

  test("says unknown, never done, where nobody could look", () => {
    expect(stateOf(nothing, "protection")).toMatchObject({ state: "unknown", what: "not asked" });
    const unread = {
      ...nothing,
      proven: { production: { known: false, why: "no token" } as const },
    };
    expect(stateOf(unread, "production-deploy")).toMatchObject({
      state: "unknown",
      what: "no token",
    });
  });

  test("a workflow that was changed is not as generated; a document that was changed is theirs", () => {
    const changed = {
      ...everything,
      files: { ".github/workflows/ci-cd.yml": "differs", "CONTRIBUTING.md": "differs" } as const,
    };
    expect(stateOf(changed, "ci-cd-workflow")?.what).toBe(
      "not as generated: .github/workflows/ci-cd.yml",
    );
    expect(stateOf(changed, "contributing")?.state).toBe("done");
  });

  test.each([
    ["v1.0.0", true],
    ["1.2.3", true],
    ["api-v2.0.0", true],
    ["release", false],
    ["v1", false],
  ])("tag %s is a version: %s", (tag, is) => {
    expect(stateOf({ ...nothing, tags: [tag] }, "baseline-tag")?.state).toBe(is ? "done" : "open");
  });

  test("a tick counts where nobody can look, and not against what is seen", () => {
    expect(stateOf(nothing, "protection", { protection: tick })).toMatchObject({
      state: "done",
      how: "ticked",
      ...tick,
    });
    expect(stateOf(nothing, "secrets", { secrets: tick })).toMatchObject({
      state: "open",
      what: expect.stringContaining("though Ada ticked it"),
    });
    expect(stateOf(everything, "secrets", { secrets: tick })).toMatchObject({
      state: "done",
      how: "seen",
    });
  });

  test("is text that names every step, and the next", () => {
    const text = checklistText(checklist(nothing, {}), false);
    for (const { id } of steps) expect(text).toContain(id);
    expect(text).toContain(`6 of ${steps.length} are done. Next, develop-branch:`);
  });
});

describe("ticks", () => {
  const add = (text: string | undefined, step: string, by = "Ada") =>
    addTick(text, { step, tick: { by, on: tick.on }, seen: nothing });
  const ticked = (text: string | undefined, step: string, by?: string): string => {
    const result = add(text, step, by);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return result.value;
  };

  test("are kept with the file's comments, and a second one changes nothing", () => {
    const first = ticked(
      "# ours\nversion: 1\ndone:\n  practice: { by: Bo, on: 2026-11-01 } # well\n",
      "walkthrough",
    );
    expect(first).toContain("# ours");
    expect(first).toContain("# well");
    expect(readTicks(first)).toEqual({
      ok: true,
      value: { practice: { by: "Bo", on: "2026-11-01" }, walkthrough: tick },
    });
    expect(ticked(first, "walkthrough", "Cy")).toBe(first);
  });

  test("take any name as data", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 100 }).filter((by) => by.isWellFormed()),
        (by) => {
          expect(readTicks(ticked(undefined, "walkthrough", by))).toEqual({
            ok: true,
            value: { walkthrough: { by, on: tick.on } },
          });
        },
      ),
    );
  });

  test("refuse a step that is not there, and one that is seen not to be done", () => {
    expect(add(undefined, "walktrough")).toMatchObject({
      ok: false,
      problems: [{ code: "GANTRY-MIGRATION-STEP", mend: "write `--done walkthrough`" }],
    });
    expect(add(undefined, "develop-branch")).toMatchObject({
      ok: false,
      problems: [
        {
          code: "GANTRY-MIGRATION-STEP",
          mend: "git branch develop main && git push -u origin develop",
        },
      ],
    });
  });

  test.each([
    "done: [",
    "version: 2\ndone: {}\n",
    "version: 1\ndone: { walkthrough: { by: Ada, on: soon } }\n",
    "version: 1\ndone: {}\nmore: 1\n",
  ])("refuse a file that is %j", (text) => {
    expect(readTicks(text)).toMatchObject({
      ok: false,
      problems: [{ code: "GANTRY-MIGRATION-FILE" }],
    });
  });
});
