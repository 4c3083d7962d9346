import { describe, expect, it } from "vitest";
import { createPlacer, type PlaceOptions } from "./place.ts";

const files = ["src/app/core.py", "frontend/src/math.ts", "src/math.ts", "web/deep/only.ts"];

describe("createPlacer", () => {
  it.each<{ raw: string; options: PlaceOptions; expected: string | undefined; why: string }>([
    { raw: "src/a.py", options: {}, expected: "src/a.py", why: "taken at its word" },
    { raw: "./src//a.py", options: {}, expected: "src/a.py", why: "cleaned" },
    { raw: "src\\a.py", options: {}, expected: "src/a.py", why: "slashes" },
    { raw: "a.py", options: { directory: "backend/" }, expected: "backend/a.py", why: "folder" },
    { raw: "../a.py", options: { directory: "backend" }, expected: "a.py", why: "leads up" },
    { raw: "../../a.py", options: { directory: "backend" }, expected: undefined, why: "leads out" },
    { raw: "/w/src/a.py", options: { strip: ["/w/"] }, expected: "src/a.py", why: "root" },
    { raw: "file:///w/src/a.ts", options: { strip: ["/w"] }, expected: "src/a.ts", why: "address" },
    { raw: "/w/../etc/a.py", options: { strip: ["/w"] }, expected: undefined, why: "escapes" },
    { raw: "/wider/a.py", options: { strip: ["/w"] }, expected: undefined, why: "not below it" },
    { raw: "/x/y/src/app/core.py", options: { files }, expected: "src/app/core.py", why: "suffix" },
    { raw: "/usr/lib/os.py", options: { files }, expected: undefined, why: "foreign" },
    { raw: "only.ts", options: { files }, expected: "web/deep/only.ts", why: "only one ends so" },
    { raw: "math.ts", options: { files }, expected: "math.ts", why: "two end so" },
    {
      raw: "/x/src/math.ts",
      options: { files, directory: "frontend" },
      expected: "frontend/src/math.ts",
      why: "the tool's own folder goes first",
    },
    {
      raw: "src/app/core.py",
      options: { files, directory: "frontend" },
      expected: "src/app/core.py",
      why: "already from the root",
    },
  ])("$raw: $why", ({ raw, options, expected }) => {
    expect(createPlacer(options)(raw)).toBe(expected);
  });
});
