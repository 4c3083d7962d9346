import { expect, test } from "vitest";
import { hashOf, lineOf } from "../../../test/builders/history.ts";
import { changesOf } from "./collect.ts";
import { cancelReverts } from "./reverts.ts";

const kept = (...messages: string[]): string[] =>
  cancelReverts(changesOf(lineOf(messages))).changes.map(({ header }) => header);

test("a revert and its target cancel, by hash", () => {
  const revert = `Revert "feat: a"\n\nThis reverts commit ${hashOf(1)}.`;
  expect(kept("feat: a", "fix: b", revert)).toEqual(["fix: b"]);
});

test("by the number of the pull request, as GitHub's button says it", () => {
  expect(
    kept("feat: a (#12)", "fix: b (#13)", 'Revert "feat: a (#12)" (#14)\n\nReverts o/n#12'),
  ).toEqual(["fix: b (#13)"]);
});

test("by title alone, with or without the number", () => {
  expect(kept("feat: a (#12)", 'Revert "feat: a"')).toEqual([]);
  expect(kept("feat: a", 'Revert "feat: a (#12)" (#13)')).toEqual([]);
});

test("the newest of the same words is meant", () => {
  const { cancelled } = cancelReverts(changesOf(lineOf(["fix: a", "fix: a", 'Revert "fix: a"'])));
  expect(cancelled.map(({ change }) => change.hash)).toEqual([hashOf(2)]);
});

test("a revert of a revert brings the change back", () => {
  expect(kept("feat: a", 'Revert "feat: a"', 'Revert "Revert "feat: a""')).toEqual(["feat: a"]);
});

test("what was released before stays a revert", () => {
  const revert = `Revert "feat: old"\n\nThis reverts commit ${hashOf(777)}.`;
  expect(kept("fix: b", revert)).toEqual(["fix: b", 'Revert "feat: old"']);
});

test("a change after the revert, and one of another number, are not meant", () => {
  expect(kept('Revert "feat: a"', "feat: a")).toEqual(['Revert "feat: a"', "feat: a"]);
  expect(kept("feat: a (#12)", 'Revert "feat: a (#11)"')).toHaveLength(2);
});

test("a change inside a squashed release is taken back too", () => {
  expect(kept("Release (#9)\n\n* feat: a (#7)\n\n* fix: b (#8)", 'Revert "feat: a (#7)"')).toEqual([
    "fix: b (#8)",
  ]);
});
