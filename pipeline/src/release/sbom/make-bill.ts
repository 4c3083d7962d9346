import type { LockNode } from "../../dependencies/locks/lock-graph.ts";
import type { LockSite, NotHandled } from "../../dependencies/locks/lock-sites.ts";
import { type Bill, type BillEdge, type BillItem, type Product, productRef } from "./bill.ts";
import { mergeEdges, mergeItems } from "./merge.ts";
import { homeOf, placeOf } from "./places.ts";
import { purlOf } from "./purl.ts";
import { reach } from "./reach.ts";

/** A lock that was read, and whose it is. */
export interface BillLock {
  readonly site: Pick<LockSite, "lock" | "folder" | "ecosystem" | "components">;
  readonly nodes: readonly LockNode[];
  /** Whether it says which package asks for which. */
  readonly told: boolean;
}

export interface BillComponent {
  readonly name: string;
  readonly path: string;
}

export interface BillRequest {
  readonly product: Product;
  /** The components that are released. */
  readonly components: readonly BillComponent[];
  /** Whether they are the whole repository: then everything in the locks is listed. */
  readonly whole: boolean;
  readonly locks: readonly BillLock[];
  /** Components without a lock that can be read. */
  readonly missing: readonly NotHandled[];
}

/** Locks → what a release is made of. The order of packages in a lock plays no part. */
export function makeBill(request: BillRequest): Bill {
  const { product, components, locks, missing } = request;
  const parts = locks.map((lock) => partOf(lock, request));
  const items = mergeItems([
    ...components.map((component) => componentItem(component, missing)),
    ...parts.flatMap((part) => part.items),
  ]);
  const edges = mergeEdges(parts.flatMap((part) => part.edges));
  const asked = new Set(edges.map(({ to }) => to));
  // Packages of one's own that nobody asks for are parts of the product, as components are.
  const tops = items.filter(
    ({ ref, kind }) => kind === "component" || (kind === "own" && !asked.has(ref)),
  );
  const own = tops.map(({ ref }): BillEdge => ({ from: productRef, to: ref, need: "required" }));
  return { product, items, edges: mergeEdges([...own, ...edges]) };
}

interface Part {
  readonly items: readonly BillItem[];
  readonly edges: readonly BillEdge[];
}

function partOf(lock: BillLock, request: BillRequest): Part {
  const { site, nodes, told } = lock;
  const components = request.components.filter(({ name }) => site.components.includes(name));
  const own = nodes.filter((node) => node.own !== undefined);
  const homes = components.flatMap((component) => {
    const node = homeOf(component, own, site.folder);
    return node ? { ref: refOfComponent(component), id: node.id } : [];
  });
  const roots = new Set((request.whole ? own : homes).map(({ id }) => id));
  const needs = reach(nodes, roots);
  const refs = new Map(
    nodes
      .filter(({ id }) => request.whole || needs.has(id))
      .map((node) => [node.id, refOf(node, lock, components)]),
  );
  const items = nodes.flatMap((node): BillItem[] => {
    const ref = refs.get(node.id);
    return ref === undefined ? [] : [itemOf(node, { ref, told, ecosystem: site.ecosystem, needs })];
  });
  const edges = nodes.flatMap((node): BillEdge[] => edgesOf(node, refs, roots));
  const entrances = homes.map(({ ref, id }): BillEdge => {
    return { from: ref, to: refs.get(id) ?? ref, need: "required" };
  });
  return { items, edges: [...edges, ...entrances] };
}

function refOfComponent({ name }: BillComponent): string {
  return `component:${name}`;
}

function refOf(node: LockNode, { site }: BillLock, components: readonly BillComponent[]): string {
  if (node.own === undefined) {
    const { name, version, address = "" } = node;
    return purlOf(site.ecosystem, node) ?? `path:${site.ecosystem}:${name}@${version}:${address}`;
  }
  const place = placeOf(node, site.folder);
  const component = components.find(({ path }) => path === place);
  return component ? refOfComponent(component) : `own:${site.ecosystem}:${place}`;
}

interface ItemFacts extends Pick<BillLock["site"], "ecosystem"> {
  readonly ref: string;
  readonly told: boolean;
  readonly needs: ReturnType<typeof reach>;
}

function itemOf(node: LockNode, { ref, told, ecosystem, needs }: ItemFacts): BillItem {
  const { id, name, version, origin, address, commit, files, licence, own } = node;
  const purl = own === undefined ? purlOf(ecosystem, node) : undefined;
  const need = needs.get(id);
  return {
    ref,
    kind: own === undefined ? "package" : "own",
    name,
    version,
    origin,
    ...(purl && { purl }),
    ...(need && { need }),
    ...(address !== undefined && { address }),
    ...(commit && { commit }),
    files,
    ...(licence && { licence }),
    told,
  };
}

/** What others' packages are developed with is not installed, and so is no part. */
function edgesOf(
  node: LockNode,
  refs: ReadonlyMap<string, string>,
  roots: ReadonlySet<string>,
): BillEdge[] {
  const from = refs.get(node.id);
  if (from === undefined) return [];
  return node.edges.flatMap(({ to: id, need }) => {
    const to = refs.get(id);
    const isOurs = need !== "development" || roots.has(node.id);
    return to === undefined || !isOurs ? [] : [{ from, to, need }];
  });
}

function componentItem(component: BillComponent, missing: readonly NotHandled[]): BillItem {
  const why = missing.find((one) => one.component === component.name)?.why;
  return {
    ref: refOfComponent(component),
    kind: "component",
    name: component.name,
    version: "",
    origin: "path",
    need: "required",
    address: component.path,
    files: [],
    told: why === undefined,
    ...(why !== undefined && { missing: why }),
  };
}
