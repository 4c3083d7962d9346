import { expect, test } from "vitest";
import type { Change } from "../commits/collect.ts";
import { parseMessage } from "../commits/parse-commit.ts";
import { releaseSettings } from "../settings.ts";
import { callOf } from "./rules.ts";

const change = (message: string): Change => ({
  ...parseMessage(message),
  hash: "a",
  author: { name: "a", email: "a" },
  held: false,
});

test.each([
  ["fix: a", "patch"],
  ["wip: a", "patch"],
  ["docs: a", undefined],
  ["add: a", "minor"],
  ["constructor: a", "patch"],
  ["docs!: a", "major"],
  ["no convention", undefined],
])("with a word on every other type, `%s` calls for %s", (message, level) => {
  const settings = releaseSettings({ types: { add: "minor", docs: "none", "*": "patch" } });
  expect(callOf(change(message), settings)?.level).toBe(level);
});

test.each(["constructor: a", "__proto__: a", "toString: a"])(
  "a type like a property of every object, as in `%s`, calls for nothing",
  (message) => {
    expect(callOf(change(message), releaseSettings(undefined))).toBeUndefined();
  },
);

test("what is written lies over what the repository shows, as a whole", () => {
  const shown = {
    release: { zero: { feature: "minor" as const }, tag: "r{version}" },
    inferred: [{ what: "a", from: "b" }],
    warnings: ["c"],
  };
  expect(releaseSettings(undefined, shown)).toMatchObject({
    zero: { breaking: "minor", feature: "minor" },
    tag: "r{version}",
    inferred: shown.inferred,
    warnings: ["c"],
  });
  const written = releaseSettings({ changelog: false }, shown);
  expect(written).toMatchObject({ zero: { feature: "patch" }, inferred: [], warnings: [] });
  expect(written.tag).toBeUndefined();
});
