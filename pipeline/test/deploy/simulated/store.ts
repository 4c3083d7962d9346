import type { Attempt } from "../../../src/deploy/records/entry.ts";
import type { RecordStore } from "../../../src/deploy/records/store.ts";
import { ok, refused } from "../../../src/network/answer.ts";

/** A place for records that is as good as a place can be. */
export function simulateStore(): RecordStore {
  const kept: Attempt[] = [];
  const copy = (attempt: Attempt): Attempt => structuredClone(attempt);
  return {
    place: "a simulation",
    attempts: async (atMost) => ok(kept.toReversed().slice(0, atMost).map(copy)),
    attempt: async (fence) => {
      const found = kept.find((one) => one.fence === fence);
      return found ? ok(copy(found)) : refused("no such attempt", 404);
    },
    open: async (opening) => {
      const same = kept.find((one) => one.opening.key === opening.key);
      if (same) return ok(same.fence);
      kept.push({ fence: kept.length + 1, opening, entries: [] });
      return ok(kept.length);
    },
    append: async (fence, entry) => {
      const index = kept.findIndex((one) => one.fence === fence);
      const found = kept[index];
      if (!found) return refused("no such attempt", 404);
      if (!found.entries.some(({ hash }) => hash === entry.hash)) {
        kept[index] = { ...found, entries: [...found.entries, entry] };
      }
      return ok(true as const);
    },
  };
}
