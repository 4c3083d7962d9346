import type { CommonOptions } from "./common-options.ts";
import type { Terminal } from "./main.ts";

/** Colours where a person reads them: a terminal, and nobody said no. */
export function useColor(options: CommonOptions, { stderr, env }: Terminal): boolean {
  if (options.color === false || env.NO_COLOR) return false;
  return Boolean(env.FORCE_COLOR) || stderr.isTTY === true;
}
