import { fail, ok, type Problem, type Result } from "../../../errors/problem.ts";
import type { GivenNetwork } from "../../../network/network.ts";
import { isPrivate } from "../../../network/private-address.ts";
import { type Connection, connect, defaultAddress } from "./connection.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The repository that the environment names: `GITHUB_TOKEN`, `GITHUB_REPOSITORY` as owner/name, and
 * `GITHUB_API_URL` where GitHub is a server of one's own.
 */
export function connectFromEnvironment(
  environment: Environment,
  network: GivenNetwork = {},
): Result<Connection> {
  const token = environment.GITHUB_TOKEN?.trim() ?? "";
  const repository = repositoryIn(environment.GITHUB_REPOSITORY ?? "");
  const address = environment.GITHUB_API_URL || defaultAddress;
  const problems = [
    token === "" && problem("GITHUB_TOKEN is not set", "set it to a token that may do this"),
    !repository && problem(wrongRepository(environment), "set it to owner/name"),
    !isPrivate(address) && problem(wrongAddress, "set it to an address that begins with https://"),
  ].filter((one) => one !== false);
  if (!repository || problems.length > 0) return fail(...problems);
  return ok(connect({ ...network, address, token: () => token, repository }));
}

const wrongAddress = "GITHUB_API_URL is no address that a token may be sent to";

function problem(message: string, mend: string): Problem {
  return { code: "GANTRY-GITHUB-TOKEN", message, mend };
}

function repositoryIn(value: string): Connection["repository"] | undefined {
  const [owner, name, more] = value.split("/");
  const plain = /^[\w.-]*[\w-][\w.-]*$/;
  if (!owner || !name || more !== undefined || !plain.test(owner) || !plain.test(name)) return;
  return { owner, name };
}

function wrongRepository({ GITHUB_REPOSITORY: value }: Environment): string {
  return value
    ? `GITHUB_REPOSITORY is ${JSON.stringify(value)}, which names no repository`
    : "GITHUB_REPOSITORY is not set";
}
