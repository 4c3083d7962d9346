import type { Result } from "../../errors/problem.ts";
import { type Connection, connectFromEnvironment } from "../../github/client/index.ts";
import type { OpenRelease } from "./open.ts";
import type { Variables } from "./world.ts";

/** The repository on GitHub: as the environment names it, else as the remote does. */
export function connectTo({ repository }: OpenRelease, env: Variables): Result<Connection> {
  const named = /^https:\/\/github\.com\/(.+)$/.exec(repository ?? "")?.[1];
  return connectFromEnvironment({
    ...env,
    GITHUB_TOKEN: env.GITHUB_TOKEN || env.GH_TOKEN,
    GITHUB_REPOSITORY: env.GITHUB_REPOSITORY || named,
  });
}
