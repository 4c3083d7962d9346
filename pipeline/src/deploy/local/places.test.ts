import { join } from "node:path";
import { expect, it } from "vitest";
import { placesOf } from "./places.ts";

it("keeps everything of an environment in one folder of the repository", () => {
  const places = placesOf("/repository", "staging");
  const { socket, ...others } = places;
  expect(socket).toBe("/repository/.gantry/environments/staging/control.sock");
  for (const path of Object.values(others)) expect(path).toContain(places.folder);
});

it("has a short socket for a long path, the same for the same environment only", () => {
  const long = join("/", "long".repeat(40));
  const { socket } = placesOf(long, "staging");
  expect(Buffer.byteLength(socket)).toBeLessThan(104);
  expect(placesOf(long, "staging").socket).toBe(socket);
  expect(placesOf(long, "production").socket).not.toBe(socket);
});
