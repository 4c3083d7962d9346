import type { BillComponent } from "./make-bill.ts";
import { isWithin } from "./places.ts";

/**
 * The components that a part of the repository is released with: those in its folders, else the
 * nearest one around each. Without folders: all.
 */
export function releasedComponents<C extends BillComponent>(
  components: readonly C[],
  paths: readonly string[] | undefined,
): C[] {
  if (!paths) return [...components];
  const folders = paths.map((path) => path.replace(/^\.\//, "").replace(/\/+$/, "") || ".");
  const inside = components.filter(({ path }) => folders.some((folder) => isWithin(path, folder)));
  if (inside.length > 0) return inside;
  const around = folders.flatMap((folder) => {
    const found = components.filter(({ path }) => isWithin(folder, path));
    return found.toSorted((a, b) => b.path.length - a.path.length).slice(0, 1);
  });
  return [...new Set(around)];
}
