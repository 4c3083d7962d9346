import { z } from "zod";
import type { Notify } from "../config/config.ts";
import { brokenEnd, problemsEnd, readEnd } from "../execute/contained-end.ts";
import { stepRun } from "../execute/run.ts";

/** What a release in a container is told, in a file. It holds no secret: these are variables. */
export interface ReleaseSpec {
  /** Publish what is due, or open the pull request that will bring it. */
  readonly act: "publish" | "pull-request";
  /** Only to say what would be. */
  readonly dryRun: boolean;
  readonly branch?: string;
  /** The branch that releases are made from. */
  readonly main: string;
  readonly component?: string;
  /** The config as it is written. */
  readonly written?: { readonly text: string; readonly file: string };
  /** The run's state.json, which becomes an asset. */
  readonly state?: string;
  readonly notify: Notify;
  /** Repository and servers, by the names that they have in a machine's environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** A folder that holds `.git`. */
  readonly root: string;
  /** Where its end is left. */
  readonly left: string;
}

/** What a release in a container came to. */
export const releaseEnd = z.discriminatedUnion("kind", [
  /** Nothing was done: the JSON that says what would be. */
  z.strictObject({ kind: z.literal("planned"), document: z.string() }),
  z.strictObject({
    kind: z.literal("ended"),
    steps: z.array(stepRun),
    lines: z.array(z.string()).describe("What came of it, a line for each version."),
  }),
  problemsEnd,
  brokenEnd,
]);
export type ReleaseEnd = z.infer<typeof releaseEnd>;

export function readReleaseEnd(text: string): ReleaseEnd | undefined {
  return readEnd(releaseEnd, text);
}
