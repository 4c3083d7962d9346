import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { name as allowed } from "../written/basics.ts";
import { componentNames } from "./component-names.ts";

describe("componentNames", () => {
  it.each([
    [["."], ["python"]],
    [
      ["backend", "services/api"],
      ["backend", "services-api"],
    ],
    [
      ["2fa", "_app", "-x-"],
      ["2fa", "app", "x"],
    ],
    [["[slug]/api"], ["slug-api"]],
    [
      ["a/b", "a-b", "a.b"],
      ["a-b", "a-b-python", "a-b-2"],
    ],
    [
      [".", "python", "日本"],
      ["python", "python-2", "python-3"],
    ],
  ])("of %j are %j", (paths, names) => {
    expect(componentNames(paths.map((path) => ({ path, toolchain: "pip" })))).toEqual(names);
  });

  it("tell Python and Node.js in one folder apart", () => {
    const both = (path: string) => [
      { path, toolchain: "uv" as const },
      { path, toolchain: "pnpm" as const },
    ];
    expect(componentNames(both("."))).toEqual(["python", "node"]);
    expect(componentNames(both("web"))).toEqual(["web", "web-node"]);
  });

  it("are such as gantry.yaml allows, and no two the same, whatever the folders are called", () => {
    const folder = fc.oneof(fc.string({ unit: "binary" }), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ minLength: 1, maxLength: 80 }).chain((s) => folder.map((t) => `${t}/${s}`)),
        ),
        (paths) => {
          const names = componentNames(paths.map((path) => ({ path, toolchain: "npm" })));
          expect(names.filter((name) => !allowed.safeParse(name).success)).toEqual([]);
          expect(new Set(names).size).toBe(paths.length);
        },
      ),
    );
  });
});
