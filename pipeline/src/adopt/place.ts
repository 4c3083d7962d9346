import type { Problem } from "../errors/problem.ts";

/** What stands where a file belongs: nothing, a text, or something that must not be written to. */
export type Standing =
  | { readonly kind: "nothing" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "blocked"; readonly problem: Problem };

export function blockedPlace(path: string, why: string): Standing {
  return {
    kind: "blocked",
    problem: {
      code: "GANTRY-INIT-PLACE",
      file: path,
      message: `${path} cannot be written: ${why}`,
      mend: `make room for ${path}, or take away what stands there`,
    },
  };
}
