import { fileURLToPath } from "node:url";

/** Gantry's own folder for tools and download caches, beside its source. */
export function gantryHome(): string {
  return fileURLToPath(new URL("../../../.gantry", import.meta.url));
}
