import { expect, test } from "vitest";
import { sampleFacts } from "../../test/builders/adoption.ts";
import { decideAll } from "./decide-all.ts";
import { blockedPlace } from "./place.ts";

const bug = ".github/ISSUE_TEMPLATE/bug.yml";

async function decidedWith(files: readonly string[], forced: readonly string[] = []) {
  return decideAll(sampleFacts(), {
    files,
    standing: async (path) =>
      path.startsWith(".github/ISSUE_TEMPLATE/")
        ? blockedPlace(path, "its folder is a file")
        : { kind: "nothing" },
    forced,
  });
}

test("what stands in the way of a file that is theirs elsewhere is no problem", async () => {
  const decisions = await decidedWith([".github/ISSUE_TEMPLATE"]);
  expect(decisions.ok && decisions.value.find(({ path }) => path === bug)).toEqual({
    kind: "theirs",
    path: bug,
    place: ".github/ISSUE_TEMPLATE",
  });
});

test.each([
  ["nothing is theirs elsewhere", [], []],
  ["its text is asked for", [".github/ISSUE_TEMPLATE"], [bug]],
])("it is one where %s", async (_, files, forced) => {
  const decisions = await decidedWith(files, forced);
  expect(decisions).toMatchObject({
    ok: false,
    problems: expect.arrayContaining([expect.objectContaining({ file: bug })]),
  });
});
