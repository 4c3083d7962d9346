import type { AdoptionFacts } from "./facts.ts";
import type { Wanted } from "./wanted.ts";
import { daggerVersion } from "./workflows/pins.ts";

/** dagger.json with Gantry as its blueprint, so that `dagger call ci` finds its functions. */
export function moduleFile({ name, gantry }: AdoptionFacts): Wanted[] {
  if (gantry.kind !== "blueprint") return [];
  const { source, pin } = gantry.address;
  const module = {
    name,
    engineVersion: `v${daggerVersion}`,
    blueprint: { name: "gantry", source, ...(pin && { pin }) },
  };
  return [{ kind: "whole", path: "dagger.json", text: `${JSON.stringify(module, null, 2)}\n` }];
}
