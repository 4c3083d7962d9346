import { expect, it } from "vitest";
import { releasedComponents } from "./components.ts";

const components = ["web", "services/api", "services"].map((path) => ({ name: path, path }));

it.each([
  [undefined, ["web", "services/api", "services"]],
  [["web"], ["web"]],
  [["./services/"], ["services/api", "services"]],
  // No component of its own: the nearest one around it.
  [
    ["services/api/deep", "web/page"],
    ["services/api", "web"],
  ],
  [["other"], []],
])("a part of %o is released with %o", (paths, expected) => {
  expect(releasedComponents(components, paths).map(({ name }) => name)).toEqual(expected);
});
