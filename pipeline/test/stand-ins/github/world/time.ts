import type { World } from "./world.ts";

/** GitHub tells times without milliseconds. */
export function timeOf({ clock }: World): string {
  return new Date(clock.now()).toISOString().replace(/\.\d+/, "");
}
