import { fail, ok, type Result } from "../errors/problem.ts";
import type { Config, Environment } from "./config.ts";
import { nearest } from "./nearest.ts";

/** An environment of the config by its name. */
export function findEnvironment(name: string, { environments }: Config): Result<Environment> {
  const found = environments.find((one) => one.name === name);
  if (found) return ok(found);
  const known = environments.map((one) => one.name);
  const near = nearest(name, known);
  return fail({
    code: "GANTRY-ENVIRONMENT-UNKNOWN",
    message: `there is no environment \`${name}\`${known.length > 0 ? `; there are ${known.join(", ")}` : ""}`,
    mend: near
      ? `write \`${near}\``
      : "add it under `environments` in gantry.yaml, or name one that is there",
  });
}
