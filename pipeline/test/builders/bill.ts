import type { LockEdge, LockNode } from "../../src/dependencies/locks/lock-graph.ts";
import type { BillLock, BillRequest } from "../../src/release/sbom/make-bill.ts";

export const product = {
  name: "app",
  version: "1.2.0",
  tag: "v1.2.0",
  commit: "0".repeat(39).concat("1"),
  repository: "https://github.com/own/app",
  date: "2026-01-01T00:00:00Z",
  id: "3e671687-395b-51f5-a30f-a58921a69b79",
  gantry: "0.1.0",
};

/** A package of a registry, asked for by its id; `own` makes it one of the repository's. */
export function lockNode(
  id: string,
  edges: readonly LockEdge[] = [],
  more: Partial<LockNode> = {},
): LockNode {
  return { id, name: id, version: "1.0.0", origin: "registry", files: [], edges, ...more };
}

export function billLock(
  nodes: readonly LockNode[],
  { site, told = true }: { site?: Partial<BillLock["site"]>; told?: boolean } = {},
): BillLock {
  const usual = { lock: "package-lock.json", folder: ".", ecosystem: "npm", components: ["web"] };
  return { site: { ...usual, ...site } as BillLock["site"], nodes, told };
}

export function billRequest(
  locks: readonly BillLock[],
  more: Partial<BillRequest> = {},
): BillRequest {
  const components = [{ name: "web", path: "." }];
  return { product, components, whole: true, locks, missing: [], ...more };
}
