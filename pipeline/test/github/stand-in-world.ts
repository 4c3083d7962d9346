import { afterEach, beforeEach } from "vitest";
import type { Connection } from "../../src/github/client/index.ts";
import { type GithubStandIn, type Start, startGithub } from "../stand-ins/github/stand-in.ts";
import { connectTo } from "./connect.ts";

export interface GithubWorld {
  readonly github: GithubStandIn;
  /** An administrator's. */
  readonly to: Connection;
  /** A workflow's own. */
  readonly asWorkflow: Connection;
  /** Of a fork's workflow. */
  readonly asFork: Connection;
}

/** A stand-in for each test of a file, with one client for each permission. */
export function eachWithGithub(start: Start = {}): () => GithubWorld {
  let world: GithubWorld | undefined;
  beforeEach(async () => {
    const github = await startGithub(start);
    const { tokens } = github.world.options;
    world = {
      github,
      to: connectTo(github),
      asWorkflow: connectTo(github, { token: () => tokens.write }),
      asFork: connectTo(github, { token: () => tokens.read }),
    };
  });
  afterEach(() => world?.github.close());
  return () => {
    if (!world) throw new Error("no test is running");
    return world;
  };
}
