import { z } from "zod";

/**
 * What is known about an environment on this machine, as it lies on the disk. Every change is
 * written whole and put in place at once, so that a reader never meets half of it.
 */
export const stateVersion = 1;

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/);
const variables = z.record(z.string(), z.string());

export const health = z.strictObject({
  path: z.string().optional().describe("The health path; absent: any answer below 500 at `/`."),
  withinSeconds: z.number().positive().describe("How long a version may take to become healthy."),
});

/** How a version is run; what it takes to build it is known to the build alone. */
export const runOrder = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("process"),
    argv: z.tuple([z.string()], z.string()),
    directory: z.string().describe("Where it runs, relative to the version's files."),
    caches: z.string().describe("Where tools keep their downloads."),
    env: variables.describe("What the config says; no secrets."),
    health,
  }),
  z.strictObject({
    kind: z.literal("container"),
    image: z.string().describe("The image's tag."),
    port: z.int().positive().describe("The port it listens on inside."),
    env: variables,
    health,
  }),
]);

/** A process is itself only together with when it began: numbers are used again. */
export const processMark = z.strictObject({ pid: z.int().positive(), began: z.string() });

const runs = z.discriminatedUnion("kind", [
  processMark.extend({ kind: z.literal("process") }),
  z.strictObject({ kind: z.literal("container"), name: z.string() }),
]);

export const deployment = z.strictObject({
  id: name,
  key: z.string().min(1),
  commit: z.string(),
  message: z.string(),
  createdAt: z.iso.datetime(),
  phase: z.enum(["waiting", "building", "deploying", "live", "failed", "crashed", "removed"]),
  said: z.string().describe("The phase in more words."),
  reason: z.string().optional().describe("Why it ended as it did."),
  release: name.describe("The folder with its files: an earlier one's, where it was brought back."),
  broughtBackFrom: name.optional(),
  wasLive: z.boolean(),
  order: runOrder,
  port: z.int().positive().optional().describe("The version's own port."),
  builder: processMark.optional(),
  runs: runs.optional().describe("What runs of it now."),
  restarts: z.int().nonnegative(),
});

export const state = z.strictObject({
  version: z.literal(stateVersion),
  environment: z.string(),
  port: z.int().positive().describe("The environment's own port."),
  serving: name.optional().describe("The deployment that gets the traffic, or got it last."),
  deployments: z.array(deployment),
});

export type RunOrder = z.infer<typeof runOrder>;
export type ProcessMark = z.infer<typeof processMark>;
export type Deployment = z.infer<typeof deployment>;
export type State = z.infer<typeof state>;

/** Whether a deployment is still on its way. */
export function isUnderWay({ phase }: Pick<Deployment, "phase">): boolean {
  return phase === "waiting" || phase === "building" || phase === "deploying";
}
