import { type Connection, connect } from "../../src/github/client/index.ts";
import type { GithubStandIn } from "../stand-ins/github/stand-in.ts";

/** The client on the stand-in: when the one waits, the time of the other goes on. */
export function connectTo(
  { address, world, advance }: GithubStandIn,
  given: Partial<Parameters<typeof connect>[0]> = {},
): Connection {
  const { owner, name, tokens } = world.options;
  return connect({
    address,
    token: () => tokens.admin,
    repository: { owner, name },
    now: world.clock.now,
    sleep: advance,
    random: () => 0.5,
    ...given,
  });
}
