import { expect, test } from "vitest";
import { tagName, versionTags } from "./tags.ts";

const tags = (...names: string[]) => names.map((name) => ({ name, commit: "c" }));
const versions = (names: string[], form = {}): string[] =>
  versionTags(tags(...names), form).map(({ version }) => version);

test("reads versions, the highest first, and passes over what is none", () => {
  const names = [
    "v1.9.0",
    "v1.10.0",
    "1.2.3",
    "v2",
    "v1.2",
    "latest",
    "vv1.0.0",
    "v01.0.0",
    "v3.x",
  ];
  expect(versions(names)).toEqual(["1.10.0", "1.9.0", "1.2.3"]);
  expect(versions(["v2.0.0", "v2.0.0-beta.2", "v2.0.0-beta.10"])).toEqual([
    "2.0.0",
    "2.0.0-beta.10",
    "2.0.0-beta.2",
  ]);
});

test("a component has tags of its own, and only those", () => {
  const names = ["api-v1.0.0", "api@1.1.0", "web-v9.0.0", "v5.0.0", "my-api-v7.0.0"];
  expect(versions(names, { component: "api" })).toEqual(["1.1.0", "1.0.0"]);
  expect(versions(names)).toEqual(["5.0.0"]);
});

test("the config's form is the only one that counts", () => {
  const form = { tag: "release/{version}" };
  expect(versions(["v9.0.0", "release/1.0.0"], form)).toEqual(["1.0.0"]);
  expect(tagName("1.1.0", form, [])).toBe("release/1.1.0");
});

test.each([
  [["1.0.0"], {}, "1.1.0"],
  [["v1.0.0", "0.9.0"], {}, "v1.1.0"],
  [[], {}, "v1.1.0"],
  [["api@1.0.0"], { component: "api" }, "api@1.1.0"],
  [[], { component: "api" }, "api-v1.1.0"],
])("%j with %j is followed by %s", (names, form, expected) => {
  expect(tagName("1.1.0", form, versionTags(tags(...names), form))).toBe(expected);
});
