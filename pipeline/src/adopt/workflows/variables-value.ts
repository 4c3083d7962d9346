import { note, type Value } from "../yaml-text.ts";
import type { Variables } from "./workflow.ts";

/** Variables as a table; a reason stands above its variable. */
export function variablesValue(variables: Variables): Value {
  return Object.fromEntries(
    Object.entries(variables).map(([name, given]) => [
      name,
      typeof given === "string" ? given : note(given.value, { above: given.why }),
    ]),
  );
}
