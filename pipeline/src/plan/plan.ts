import { z } from "zod";
import { gate, seconds, step, variables } from "./step.ts";

/**
 * The plan: everything that will happen, before anything happens. It is data: written to a file,
 * read back, executed elsewhere. It names toolchains and versions, never paths of a machine, and
 * secrets only by name.
 */
export const planVersion = 1;

export const eventKind = z
  .enum(["push", "pull-request", "schedule", "manual"])
  .describe("Why the pipeline runs; a merge group counts as a pull request.");

export const trigger = z
  .strictObject({
    event: eventKind,
    branch: z.string().describe("The branch that is checked; a pull request's head."),
    base: z.string().optional().describe("The branch that a pull request wants to change."),
    baseCommit: z.string().optional().describe("The base's commit, where the event names it."),
    commit: z.string().describe("The commit, or the last one before uncommitted changes."),
    checkedOut: z
      .string()
      .optional()
      .describe("The commit that lies there, where it is another: GitHub's merge into the base."),
    eventName: z.string().describe("GitHub's own name of the event, for state.json."),
    fork: z.boolean().describe("Whether the code comes from a fork: it then meets no secret."),
    repository: z.string().optional().describe("`owner/name` on GitHub."),
    actor: z.string().optional().describe("Who caused it."),
    pullRequest: z
      .strictObject({ number: z.int(), title: z.string() })
      .optional()
      .describe("The pull request, where there is one."),
  })
  .describe("What started the run.");

export const stageId = z.enum([
  "pr-checks",
  "code-quality",
  "unit-tests",
  "integration-tests",
  "smoke-tests",
  "security",
  "e2e-tests",
  "deploy-staging",
  "performance-tests",
  "deploy-production",
  "create-release",
]);

export const stage = z.strictObject({
  id: stageId,
  kind: z.enum(["check", "act"]).describe("Checks change nothing in the world; acts do."),
  run: z.boolean(),
  reason: z.string().describe("Why it runs, or why it does not."),
  needs: z.array(stageId),
  blocking: z.boolean(),
  steps: z.array(step),
  coverage: gate.optional().describe("The gate over all its components together."),
});

export const toolchain = z.strictObject({
  kind: z.enum(["python", "node"]),
  version: z.string().optional().describe("The wanted language version; absent: any."),
  tools: z.record(z.string(), z.string()).describe("Tools with their pinned versions."),
  image: z.string().optional().describe("Another base image, where the config names one."),
  browsers: z
    .string()
    .optional()
    .describe("The version of Playwright whose browsers a container of it brings."),
});

export const service = z.strictObject({
  image: z.string(),
  port: z.int(),
  env: variables,
  provides: variables.describe("Variables for the tests, with `{host}` and `{port}`."),
  readySeconds: seconds,
});

export const plan = z
  .strictObject({
    version: z.literal(planVersion),
    gantry: z.string().describe("The version of Gantry that made it."),
    name: z.string().describe("The application."),
    source: z.string().describe("The hash of the source that it was made for."),
    origin: z.enum(["file", "inferred"]).describe("Whether there is a gantry.yaml."),
    trigger,
    toolchains: z.record(z.string(), toolchain),
    services: z.record(z.string(), service),
    stages: z.array(stage),
    asked: z
      .array(stageId)
      .optional()
      .describe("The stages that were asked for by name, where some were."),
    fresh: z
      .literal(true)
      .optional()
      .describe("Set where everything is to be run, whatever earlier runs have earned."),
    inferred: z.array(z.strictObject({ what: z.string(), from: z.string() })),
    warnings: z.array(z.string()),
    images: z
      .partialRecord(z.enum(["python", "node", "git"]), z.string())
      .optional()
      .describe("Base images that the config names instead of Gantry's own."),
    certificates: z.string().optional(),
  })
  .describe("Everything that a run will do.");

export type Plan = z.infer<typeof plan>;
export type Trigger = z.infer<typeof trigger>;
export type EventKind = z.infer<typeof eventKind>;
export type Stage = z.infer<typeof stage>;
export type StageId = z.infer<typeof stageId>;
export type Toolchain = z.infer<typeof toolchain>;
export type PlannedService = z.infer<typeof service>;
