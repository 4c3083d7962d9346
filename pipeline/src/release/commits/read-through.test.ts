import { expect, test } from "vitest";
import { parseMessage } from "./parse-commit.ts";
import { heldMessages } from "./read-through.ts";

const headers = (message: string): string[] | undefined =>
  heldMessages(parseMessage(message))?.map(({ header }) => header);

const list = `

* feat(api): add (#12)

It adds.

BREAKING CHANGE: gone

* fix: mend

* wip

---------

Co-authored-by: B <b@example.com>`;

test.each([
  "Release 1.2.0 (#20)",
  "chore: release (#20)",
  "chore(main): release 1.2.0",
  "release: autumn",
  "Develop (#20)",
  "chore: merge develop into main",
  // Its parts are pull requests of their own.
  "chore: everything new (#20)",
])("%j is read through", (title) => {
  expect(headers(title + list)).toEqual(["feat(api): add (#12)", "fix: mend", "wip"]);
  expect(heldMessages(parseMessage(title + list))?.[0]).toMatchObject({ breaking: true });
});

test("the squash of a single feature is that feature, whatever was tried on the way", () => {
  expect(headers("feat: add (#20)\n\n* feat: first try\n\n* fix: typo")).toBeUndefined();
  expect(headers("fix: add #20\n\n* feat: first try (#20)")).toBeUndefined();
});

test.each(["docs", "tests", "samples", "refactor"])(
  "a long-lived branch squashed as `%s:` is that, as its author says",
  (type) => {
    expect(headers(`${type}: all of it (#20)${list}`)).toBeUndefined();
  },
);

test("another project's release notes are not ours", () => {
  const notes = "\n\n* feat: theirs (#7)\n* fix: theirs too (#8)";
  expect(headers(`chore(deps): bump them from 1.0.0 to 1.1.0 (#20)${notes}`)).toBeUndefined();
  expect(headers(`Bump them from 1.0.0 to 1.1.0 (#20)${notes}`)).toBeUndefined();
});

test("a list of something else is no list of commits", () => {
  expect(headers("Release notes\n\n* faster\n* smaller")).toBeUndefined();
  expect(headers("Update dependencies\n\n- [Commits](https://example.com)")).toBeUndefined();
});

test("a list inside a commit's own words stays there", () => {
  const [first, ...others] =
    heldMessages(parseMessage("Release\n\n* feat: a\n\nNow:\n* one\n* two")) ?? [];
  expect(others).toEqual([]);
  expect(first?.rest).toBe("Now:\n* one\n* two");
});
