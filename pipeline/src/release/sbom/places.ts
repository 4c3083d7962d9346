import type { LockNode } from "../../dependencies/locks/lock-graph.ts";

/** The package of a component's own folder, else of the nearest one above it. */
export function homeOf(
  { path }: { readonly path: string },
  own: readonly LockNode[],
  folder: string,
): LockNode | undefined {
  const above = own.filter((node) => isWithin(path, placeOf(node, folder)));
  return above.toSorted((a, b) => placeOf(b, folder).length - placeOf(a, folder).length)[0];
}

/** Where one of the repository's own packages lies, from the root. */
export function placeOf({ own = "." }: LockNode, folder: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${own}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/") || ".";
}

/** Whether a path is a folder's own or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}
