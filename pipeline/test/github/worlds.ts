import { createEmulator } from "emulate";
import { type Connection, connect } from "../../src/github/client/index.ts";
import { startGithub } from "../stand-ins/github/stand-in.ts";
import { connectTo } from "./connect.ts";

export interface World {
  readonly to: Connection;
  readonly close: () => Promise<void>;
}

/** Two GitHubs by different makers: what the client does on both rests on no single reading. */
export const worlds: readonly (readonly [name: string, start: () => Promise<World>])[] = [
  ["the stand-in", startStandIn],
  ["emulate", startEmulate],
];

async function startStandIn(): Promise<World> {
  const github = await startGithub();
  return { to: connectTo(github), close: github.close };
}

async function startEmulate(): Promise<World> {
  const repository = { owner: "octo", name: "rose" };
  const token = "token-of-the-emulator";
  const seed = {
    tokens: { [token]: { login: "octo", scopes: ["repo"] } },
    github: {
      users: [{ login: "octo", name: "Octo", email: "octo@github.test" }],
      repos: [{ ...repository, auto_init: true, default_branch: "main" }],
    },
  };
  const emulator = await createEmulator({ service: "github", port: 0, seed });
  const to = connect({ address: emulator.url, token: () => token, repository });
  return { to, close: () => emulator.close() };
}
