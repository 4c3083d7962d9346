export interface Page {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** Pages as Relay defines them; a cursor is a place in the list. */
export function connection<T>(nodes: readonly T[], page: Page) {
  let from = page.after ? Number(page.after) + 1 : 0;
  let until = page.before ? Number(page.before) : nodes.length;
  if (page.first != null) until = Math.min(until, from + page.first);
  if (page.last != null) from = Math.max(from, until - page.last);
  const edges = nodes
    .slice(from, until)
    .map((node, index) => ({ node, cursor: String(from + index) }));
  return {
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: until < nodes.length,
      hasPreviousPage: from > 0,
    },
  };
}
