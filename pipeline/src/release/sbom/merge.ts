import type { LockedFile, Need } from "../../dependencies/locks/lock-graph.ts";
import type { BillEdge, BillItem } from "./bill.ts";

/** By code units: the same in every locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Each ref once, in order: what stands in several places or locks is one item. */
export function mergeItems(items: readonly BillItem[]): BillItem[] {
  const merged = new Map<string, BillItem>();
  for (const item of items) {
    const known = merged.get(item.ref);
    merged.set(item.ref, known ? both(known, item) : { ...item, files: ordered(item.files) });
  }
  return [...merged.values()].toSorted((a, b) => compare(a.ref, b.ref));
}

/** Each pair once, with its strongest need, in order; nothing needs itself. */
export function mergeEdges(edges: readonly BillEdge[]): BillEdge[] {
  const merged = new Map<string, BillEdge>();
  for (const edge of edges.filter(({ from, to }) => from !== to)) {
    const key = `${edge.from}\0${edge.to}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...edge, need: stronger(known.need, edge.need) } : edge);
  }
  return [...merged.values()].toSorted((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
}

const needs: readonly Need[] = ["required", "optional", "development"];

function stronger(a: Need, b: Need): Need {
  return needs.indexOf(a) < needs.indexOf(b) ? a : b;
}

/** What both say, whichever comes first. A component's own name and place stay. */
function both(one: BillItem, other: BillItem): BillItem {
  const [first, second] = one.kind === "component" ? [one, other] : [other, one];
  const need =
    first.need && second.need ? stronger(first.need, second.need) : (first.need ?? second.need);
  const licence = [first.licence ?? [], second.licence ?? []].flat().toSorted()[0];
  return {
    ...second,
    ...first,
    version: [first.version, second.version].toSorted()[1] ?? "",
    ...(need && { need }),
    ...(licence !== undefined && { licence }),
    files: ordered([...first.files, ...second.files]),
    told: first.told && second.told,
  };
}

function ordered(files: readonly LockedFile[]): LockedFile[] {
  const byText = new Map(files.map((file) => [JSON.stringify([file.url, file.checksums]), file]));
  return [...byText].toSorted(([a], [b]) => compare(a, b)).map(([, file]) => file);
}
