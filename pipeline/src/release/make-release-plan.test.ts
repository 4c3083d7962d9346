import fc from "fast-check";
import { gt } from "semver";
import { expect, test } from "vitest";
import { hashOf, historyOf, lineOf } from "../../test/builders/history.ts";
import type { History } from "./history.ts";
import { makeReleasePlan } from "./make-release-plan.ts";
import { releaseAnswer } from "./plan.ts";
import { releaseSettings } from "./settings.ts";

const settings = releaseSettings(undefined);
const planOf = (history: History, more = {}) => makeReleasePlan({ history, settings, ...more });
const versionOf = (messages: readonly string[], previous = "1.2.3"): string | null =>
  planOf(historyOf(messages, { previous })).version;

test.each([
  [["fix: a"], "1.2.4"],
  [["perf: a"], "1.2.4"],
  [["fix: a", "feat: b"], "1.3.0"],
  [["feat: a", "fix!: b"], "2.0.0"],
  [["chore: a\n\nBREAKING CHANGE: gone"], "2.0.0"],
  [["docs: a", "chore: b", "Update it"], null],
  [["feat: a", 'Revert "feat: a"'], null],
  [["feat!: a", 'Revert "feat!: a"', "fix: b"], "1.2.4"],
  [['Revert "feat: of old"\n\nThis reverts commit 0123456789.'], "1.2.4"],
  [["Release (#9)\n\n* feat: a (#7)\n\n* fix: b (#8)"], "1.3.0"],
  [["feat: a (#9)\n\n* feat!: a first try"], "1.3.0"],
  [[], null],
] as const)("%j gives %s", (messages, version) => {
  expect(versionOf(messages)).toBe(version);
});

test("says which commits decide, and what each brings", () => {
  const plan = planOf(historyOf(["feat(api): a (#7)", "fix: b", "docs: c"], { previous: "1.0.0" }));
  expect(plan).toMatchObject({
    version: "1.1.0",
    tag: "v1.1.0",
    previous: "v1.0.0",
    level: "minor",
    why: [{ hash: hashOf(1), header: "feat(api): a (#7)", level: "minor", rule: "type" }],
    changelog: {
      features: ["feat(api): a (#7)"],
      fixes: ["fix: b"],
      chores: ["docs: c"],
      breaking: [],
    },
  });
  expect(plan.commits[2]).toMatchObject({
    hash: hashOf(1),
    type: "feat",
    scope: "api",
    breaking: false,
    subject: "a (#7)",
    pull: "7",
  });
  expect(releaseAnswer.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
});

test("nothing to release says why", () => {
  const plan = planOf(historyOf(["docs: a", "docs: b", "Update it"], { previous: "1.0.0" }));
  expect(plan).toMatchObject({
    version: null,
    reason: "since v1.0.0 nothing calls for a release (1 that follow no convention, 2 docs)",
    unconventional: ["Update it"],
  });
  expect(releaseAnswer.parse(plan)).toEqual(plan);
});

test("the first version needs a commit, whatever it says", () => {
  expect(planOf(historyOf(["Initial commit"]))).toMatchObject({ version: "1.0.0", level: "first" });
  expect(planOf({ head: "", commits: [], taken: [] }).version).toBeNull();
});

test("merges are no changes; where their title alone follows the convention, it speaks", () => {
  const [base, ...others] = lineOf(["feat: base", "wip"]);
  const merge = (message: string, brought: string) => {
    const [branch] = others.map((commit) => ({ ...commit, message: brought }));
    const parents = [base?.hash ?? "", branch?.hash ?? ""];
    const commits = [{ ...branch, ...base, hash: hashOf(3), parents, message }, branch];
    const history = historyOf([], { previous: "1.0.0" });
    return planOf({ ...history, commits: commits as unknown as History["commits"] });
  };
  expect(merge("Merge branch 'x'", "fix: a").version).toBe("1.0.1");
  expect(merge("feat: a (#4)", "wip").version).toBe("1.1.0");
  expect(merge("feat: a (#4)", "fix: a").commits).toHaveLength(1);
});

test("a channel releases what is new since its last pre-release", () => {
  const channels = releaseSettings({ channels: { beta: "beta" } });
  const pre = { name: "v1.1.0-beta.1", version: "1.1.0-beta.1", commit: hashOf(1) };
  const history = historyOf(["feat: a", "docs: b"], { previous: "1.0.0", branch: "beta" });
  const next = (more: Partial<History>) =>
    makeReleasePlan({
      settings: channels,
      history: {
        ...history,
        previousOfChannel: pre,
        taken: [pre, ...history.taken],
        fresh: [hashOf(2)],
        ...more,
      },
    });
  expect(next({})).toMatchObject({ version: null });
  const commits = lineOf(["feat: a", "fix: b"]);
  expect(next({ commits })).toMatchObject({ version: "1.1.0-beta.2", channel: "beta" });
  expect(next({ commits, branch: "main" })).toMatchObject({ version: "1.1.0" });
});

test("commits that follow no convention count where the config says so", () => {
  const patient = releaseSettings({ unconventional: "patch", types: { docs: "patch" } });
  const history = historyOf(["Update it"], { previous: "1.0.0" });
  expect(makeReleasePlan({ history, settings: patient })).toMatchObject({
    version: "1.0.1",
    why: [{ rule: "unconventional" }],
  });
});

test("a tag that stands elsewhere is said beforehand", () => {
  const taken = [{ name: "v1.0.1", version: "1.0.1", commit: hashOf(500) }];
  const plan = planOf(historyOf(["fix: a"], { previous: "1.0.0", taken }));
  expect(plan.warnings[0]).toContain("v1.0.1 stands on another commit");
});

const words = fc.constantFrom(
  "feat: a",
  "fix: a",
  "feat!: c",
  "docs: d",
  "wip",
  'Revert "feat: a"',
);
const core = fc.nat({ max: 9 });

test("the version never goes down, whatever the commits say", () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 8 }), core, core, core, (messages, a, b, c) => {
      const previous = `${a}.${b}.${c}`;
      const version = versionOf(messages, previous);
      expect(version === null || gt(version, previous)).toBe(true);
    }),
  );
});

test("the order in which git lists commits plays no part", () => {
  const histories = fc.array(words, { minLength: 1, maxLength: 8 }).chain((messages) => {
    const history = historyOf(messages, { previous: "1.0.0" });
    const whole = { minLength: messages.length, maxLength: messages.length };
    return fc.tuple(fc.constant(history), fc.shuffledSubarray([...history.commits], whole));
  });
  fc.assert(
    fc.property(histories, ([history, commits]) => {
      expect(planOf({ ...history, commits })).toEqual(planOf(history));
    }),
  );
});
