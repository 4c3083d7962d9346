import type { Result } from "../../errors/problem.ts";
import { type Connection, connectFromEnvironment } from "../../github/client/index.ts";
import { repositoryIn } from "../../plan/trigger.ts";
import { gitLine } from "../git.ts";

/** The repository on GitHub: as the environment names it, else as somebody knows it, else as the remote does. */
export async function connectToGithub(
  directory: string,
  env: NodeJS.ProcessEnv,
  known?: string,
): Promise<Result<Connection>> {
  const remote = async () =>
    repositoryIn(await gitLine(directory, ["config", "--get", "remote.origin.url"]));
  return connectAs(env, env.GITHUB_REPOSITORY || known || (await remote()));
}

/** With the token under either of its names, to what the environment names or else to this repository. */
export function connectAs(
  env: Readonly<Record<string, string | undefined>>,
  repository: string | undefined,
): Result<Connection> {
  return connectFromEnvironment({
    ...env,
    GITHUB_TOKEN: env.GITHUB_TOKEN || env.GH_TOKEN,
    GITHUB_REPOSITORY: env.GITHUB_REPOSITORY || repository,
  });
}
