import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMessage } from "./parse-commit.ts";

test.each([
  ["feat: add", "feat", null, "add", false],
  ["feat(api): add", "feat", "api", "add", false],
  ["feat!: drop", "feat", null, "drop", true],
  ["refactor(api)!: drop", "refactor", "api", "drop", true],
  ["FEAT: loud", "feat", null, "loud", false],
  ["fix: a\n\nBREAKING CHANGE: gone", "fix", null, "a", true],
  ["fix: a\n\nBREAKING-CHANGE: gone", "fix", null, "a", true],
  ["fix: a\n\nbody\n\nRefs: #1\nBREAKING CHANGE: gone", "fix", null, "a", true],
  ["feat!: a\n\nReviewed-by: Z", "feat", null, "a", true],
  ["Update README.md", null, null, "Update README.md", false],
  ["feat add", null, null, "feat add", false],
  ["feat:add", null, null, "feat:add", false],
  ["", null, null, "", false],
] as const)("%j", (message, type, scope, subject, breaking) => {
  expect(parseMessage(message)).toMatchObject({ type, scope, subject, breaking });
});

test("says how to move in the footer's words, over several lines", () => {
  const message =
    "feat: a\n\nBREAKING CHANGE: use `b` instead.\nIt takes one argument.\n\nCloses: #3";
  const { breakingNotes, references } = parseMessage(message);
  expect(breakingNotes).toEqual(["use `b` instead.\nIt takes one argument."]);
  expect(references).toContainEqual({ issue: "3", closes: true });
});

test.each([
  ['Revert "feat: a"\n\nThis reverts commit 0123456789abcdef.', { hash: "0123456789abcdef" }],
  [
    'Revert "feat: a (#12)" (#13)\n\nReverts owner/name#12',
    { header: "feat: a (#12)", pull: "12" },
  ],
  ['Revert "feat: a"', { header: "feat: a" }],
  ["revert: feat: a\n\nThis reverts commit 0123456.", { hash: "0123456" }],
  ["revert(api): a thing\n\nRefs: 676104e, a215868", { hash: "676104e" }],
])("knows what %j takes back", (message, expected) => {
  const { reverts, type } = parseMessage(message);
  expect(reverts).toMatchObject(expected);
  expect(type).toBe("revert");
});

test("references of another repository are not taken for one's own", () => {
  expect(parseMessage("fix: a, see other/name#7").references).toEqual([]);
});

test("any text is answered", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const { header, subject } = parseMessage(text);
      expect(header).not.toContain("\n");
      expect(typeof subject).toBe("string");
    }),
  );
});
