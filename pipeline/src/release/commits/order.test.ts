import fc from "fast-check";
import { expect, test } from "vitest";
import { hashOf } from "../../../test/builders/history.ts";
import type { HistoryCommit } from "../history.ts";
import { oldestFirst } from "./order.ts";

/** Any graph: each commit builds on up to two of those before it. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 2 }), { minLength: 1, maxLength: 30 })
  .map((rows) =>
    rows.map(
      (picks, index): HistoryCommit => ({
        hash: hashOf(index + 1),
        parents: index === 0 ? [] : [...new Set(picks.map((pick) => hashOf((pick % index) + 1)))],
        author: { name: "a", email: "a" },
        message: "",
      }),
    ),
  );

test("parents come before children, each commit once", () => {
  fc.assert(
    fc.property(graphs, (commits) => {
      const ordered = oldestFirst(commits).map(({ hash }) => hash);
      expect(ordered.toSorted()).toEqual(commits.map(({ hash }) => hash).toSorted());
      for (const { hash, parents } of commits) {
        for (const parent of parents) {
          expect(ordered.indexOf(parent)).toBeLessThan(ordered.indexOf(hash));
        }
      }
    }),
  );
});

test("the order in which git lists them plays no part", () => {
  const shuffled = graphs.chain((commits) =>
    fc.tuple(
      fc.constant(commits),
      fc.shuffledSubarray(commits, { minLength: commits.length, maxLength: commits.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([commits, other]) => {
      expect(oldestFirst(other)).toEqual(oldestFirst(commits));
    }),
  );
});

test("a long line does not run out of stack", () => {
  const commits = Array.from({ length: 20_000 }, (_, index) => ({
    hash: hashOf(index + 1),
    parents: index === 0 ? [] : [hashOf(index)],
    author: { name: "a", email: "a" },
    message: "",
  }));
  expect(oldestFirst(commits.toReversed())[0]?.hash).toBe(hashOf(1));
});
