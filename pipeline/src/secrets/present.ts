import { fail, ok, type Result } from "../errors/problem.ts";

/** `NAME=true,OTHER=false`. What cannot be read is not repeated: it may be a secret itself. */
export function readPresent(words: readonly string[]): Result<Record<string, boolean>> {
  const present: Record<string, boolean> = {};
  for (const word of words.flatMap((list) => list.split(","))) {
    const [, name, value] = /^\s*([A-Za-z_]\w*)=(true|false)\s*$/.exec(word) ?? [];
    if (name === undefined) {
      return fail({
        code: "GANTRY-USAGE",
        message: "`--present` was given something that is not NAME=true or NAME=false",
        mend: "write `--present NAME=true,OTHER=false`; never a value",
      });
    }
    present[name] = value === "true";
  }
  return ok(present);
}
