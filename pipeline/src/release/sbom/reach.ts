import type { LockEdge, LockNode, Need } from "../../dependencies/locks/lock-graph.ts";

/** A package that is asked for, perhaps with one of its extras. */
interface Asked {
  readonly id: string;
  readonly extra?: string | undefined;
}

interface Walk {
  readonly byId: ReadonlyMap<string, LockNode>;
  readonly roots: ReadonlySet<string>;
  readonly found: Map<string, Need>;
  readonly walked: Set<string>;
}

/** What each package that some roots come to is needed for: the strongest need counts. */
export function reach(
  nodes: readonly LockNode[],
  roots: ReadonlySet<string>,
): ReadonlyMap<string, Need> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const walk: Walk = { byId, roots, found: new Map(), walked: new Set() };
  const starts = [...roots].map((id) => ({ id }));
  const left = follow(walk, starts, "required");
  const further = left.filter(({ need }) => need === "optional").flatMap(askedBy);
  const extras = nodes.filter(({ id }) => roots.has(id)).flatMap(extrasOf);
  left.push(...follow(walk, [...further, ...extras], "optional"));
  const developing = left.filter(({ need }) => need === "development").flatMap(askedBy);
  follow(walk, developing, "development");
  return walk.found;
}

/** Walks on from there, and answers what weaker needs would follow. */
function follow(walk: Walk, start: readonly Asked[], level: Need): LockEdge[] {
  const { byId, roots, found, walked } = walk;
  const left: LockEdge[] = [];
  const open = [...start];
  for (let asked = open.pop(); asked; asked = open.pop()) {
    const { id, extra } = asked;
    const node = byId.get(id);
    const key = `${id}\0${extra ?? ""}`;
    if (!node || walked.has(key)) continue;
    walked.add(key);
    if (!found.has(id)) found.set(id, level);
    for (const edge of node.edges.filter((one) => one.of === extra)) {
      if (isFollowed(edge, level)) open.push(...askedBy(edge));
      else if (edge.need !== "development" || roots.has(id)) left.push(edge);
    }
  }
  return left;
}

/** An extra that is asked for is no longer optional. */
function isFollowed({ need, of }: LockEdge, level: Need): boolean {
  if (need === "required") return true;
  return need === "optional" && (of !== undefined || level !== "required");
}

function askedBy({ to, extras = [] }: LockEdge): Asked[] {
  return [undefined, ...extras].map((extra) => ({ id: to, extra }));
}

/** The extras that a root offers to those who install it. */
function extrasOf({ id, edges }: LockNode): Asked[] {
  return edges.flatMap(({ of }) => (of === undefined ? [] : { id, extra: of }));
}
