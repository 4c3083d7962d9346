import { expect, it } from "vitest";
import type { Deployment, State } from "../../state.ts";
import { keptReleases } from "./retention.ts";

const common = {
  key: "k",
  commit: "c",
  message: "",
  createdAt: "2026-01-01T00:00:00.000Z",
  said: "",
  restarts: 0,
  order: {
    kind: "container",
    image: "i",
    port: 1,
    env: {},
    health: { withinSeconds: 1 },
  },
} satisfies Partial<Deployment>;

function one(id: string, facts: Partial<Deployment> = {}): Deployment {
  return { ...common, id, release: id, phase: "removed", wasLive: true, ...facts };
}

function keptOf(deployments: readonly Deployment[], serving?: string): string[] {
  const state: State = {
    version: 1,
    environment: "e",
    port: 1,
    deployments: [...deployments],
    ...(serving && { serving }),
  };
  return [...keptReleases(state)].sort();
}

it("keeps the last five releases that have served", () => {
  const deployments = ["1", "2", "3", "4", "5", "6", "7"].map((id) => one(id));
  expect(keptOf(deployments)).toEqual(["3", "4", "5", "6", "7"]);
});

it("counts a release that was brought back once, as the newest", () => {
  const deployments = ["1", "2", "3", "4", "5", "6"].map((id) => one(id));
  expect(keptOf([...deployments, one("7", { release: "1" })])).toEqual(["1", "3", "4", "5", "6"]);
});

it("keeps what serves, what is on its way and what still runs, and nothing that failed", () => {
  const many = ["1", "2", "3", "4", "5", "6", "7"].map((id) => one(id));
  const deployments = [
    ...many,
    one("building", { phase: "building", wasLive: false }),
    one("failed", { phase: "failed", wasLive: false }),
    one("ending", { wasLive: false, runs: { kind: "container", name: "n" } }),
  ];
  expect(keptOf(deployments, "1")).toEqual(["1", "3", "4", "5", "6", "7", "building", "ending"]);
});
