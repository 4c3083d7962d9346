import { z } from "zod";
import type { Environment, Notify } from "../config/config.ts";
import { brokenEnd, problemsEnd, readEnd } from "../execute/contained-end.ts";
import { deployment } from "../execute/run.ts";
import type { Settings, TestsEnd } from "./procedure/world.ts";
import { served } from "./records/served-version.ts";

/** What a person asks of an environment. */
export type Act =
  | { readonly kind: "deploy"; readonly ref: string; readonly again: boolean }
  | { readonly kind: "rollback"; readonly to?: string }
  | { readonly kind: "promote"; readonly from: Place };

/** The names of the providers' tokens that an act needs: a promotion looks at two environments. */
export function tokensOf({ act, environment }: Pick<ActSpec, "act" | "environment">): string[] {
  const from = act.kind === "promote" ? [act.from.environment.token] : [];
  return [...new Set([environment.token, ...from])];
}

/** An environment, and how it is deployed and proven. */
export interface Place {
  readonly environment: Environment;
  readonly settings: Settings;
}

/** What a deploy in a container is told, in a file. It holds no secret: these are variables. */
export interface ActSpec extends Place {
  readonly act: Act;
  /** Which version that is, once it is known: it is found once. */
  readonly meant?: MeantVersion;
  /** How the tests have ended that the container before this one asked for. */
  readonly tested?: { readonly key: string; readonly end: TestsEnd };
  /** The attempt to be kept, and nothing else to be done. */
  readonly keep?: string;
  readonly waitSeconds: number;
  /** The same in every container of one call, and in no other. */
  readonly owner: string;
  readonly actor: string;
  readonly runUrl?: string;
  /** What the world is told with, once it has ended. */
  readonly news: {
    readonly application: string;
    readonly runId: string;
    readonly notify: Notify;
    /** When the call began, as an ISO time. */
    readonly since: string;
  };
  /** Repository and servers, by the names that they have in a machine's environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** A folder that holds `.git`. */
  readonly root: string;
  /** Where its end is left. */
  readonly left: string;
}

/** Which version goes there. */
export const meantVersion = z.strictObject({
  kind: z.enum(["deploy", "rollback", "promote"]),
  commit: z.string(),
  tag: z.string().optional(),
  from: z.string().optional(),
  back: served.optional(),
});
export type MeantVersion = z.infer<typeof meantVersion>;

/** What a deploy in a container came to, or what it wants before it can go on. */
export const actEnd = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("ended"),
    deployment,
    warnings: z.array(z.string()).describe("Whom it could not be told."),
  }),
  z.strictObject({
    kind: z.literal("wants-tests"),
    meant: meantVersion,
    key: z.string(),
    target: z.strictObject({ url: z.string(), commit: z.string(), deployment: z.string() }),
  }),
  /** The git history that it was given does not hold the version. */
  z.strictObject({ kind: z.literal("wants-history"), meant: meantVersion }),
  problemsEnd,
  brokenEnd,
  z.strictObject({ kind: z.literal("kept"), kept: z.boolean() }),
]);
export type ActEnd = z.infer<typeof actEnd>;

export function readActEnd(text: string): ActEnd | undefined {
  return readEnd(actEnd, text);
}
