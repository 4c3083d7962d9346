import type { Result } from "../../errors/problem.ts";
import type { Connection } from "../../github/client/index.ts";
import { connectAs } from "../github/connect.ts";
import type { OpenRelease } from "./open.ts";
import type { Variables } from "./world.ts";

/** The repository on GitHub: as the environment names it, else as the remote does. */
export function connectTo({ repository }: OpenRelease, env: Variables): Result<Connection> {
  const named = /^https:\/\/github\.com\/(.+)$/.exec(repository ?? "")?.[1];
  return connectAs(env, named);
}
