import { z } from "zod";
import { plan, stageId } from "../plan/plan.ts";

export const runVersion = 1;

/** Every way that a step or stage can end. Only `passed` is green. */
export const outcome = z
  .enum([
    "passed",
    "failed",
    "coverage-below",
    "no-tests",
    "flaky",
    "timed-out",
    "out-of-memory",
    "not-checked",
    "skipped",
    "cancelled",
    "error",
  ])
  .describe(
    "passed: earned. failed: the tool said no. coverage-below: tests passed, too little covered. " +
      "no-tests: nothing was collected. flaky: failed, then passed, and the config says that fails. " +
      "timed-out: over its time. out-of-memory: killed for memory. not-checked: it could not run for want of " +
      "something. skipped: by plan, or since what it needs did not pass. cancelled: by a person or signal. " +
      "error: the world failed.",
  );

export const verdict = z.enum(["passed", "failed", "unknown", "cancelled"]);

export const finding = z.strictObject({
  file: z.string().describe("Empty: it is about no file, such as a pull request's title."),
  line: z.int().nonnegative().describe("0: the whole file."),
  column: z.int().nonnegative().optional(),
  rule: z.string().optional(),
  message: z.string(),
  mend: z.string().optional().describe("What makes it go away, where the finder knows."),
  severity: z.enum(["error", "warning"]),
  tool: z.string().optional(),
});

export const testCounts = z.strictObject({
  passed: z.int(),
  failed: z.int(),
  skipped: z.int(),
});

export const testFailure = z.strictObject({
  name: z.string(),
  suite: z.string().optional(),
  file: z.string().optional(),
  line: z.int().optional(),
  message: z.string(),
  details: z.string().optional().describe("The trace, cut to a readable length."),
});

export const tests = testCounts.extend({
  failures: z.array(testFailure),
  flaky: z.array(z.string()).describe("Tests that failed and passed when run again."),
  slowest: z.array(z.strictObject({ name: z.string(), seconds: z.number() })),
});

export const coverage = z.strictObject({
  percent: z.number().describe("Lines and branches together, as coverage.py counts its total."),
  lines: z.strictObject({ covered: z.int(), total: z.int() }),
  branches: z.strictObject({ covered: z.int(), total: z.int() }),
  minimum: z.number().optional().describe("The gate, where there is one."),
  missing: z
    .array(z.strictObject({ file: z.string(), lines: z.array(z.int()), total: z.int() }))
    .describe("Files with uncovered lines, the worst first."),
});

/** Why a step ended as it did, for people: what happened and what mends it. */
export const explanation = z.strictObject({ message: z.string(), mend: z.string().optional() });

/** Whose result stands where a step was not run again. */
export const earnedBy = z.strictObject({
  run: z.string().describe("The run that earned it, by its id."),
  commit: z.string(),
  at: z.iso.datetime().describe("When that run began."),
});

export const stepRun = z.strictObject({
  id: z.string(),
  title: z.string(),
  component: z.string().optional(),
  kind: z.enum(["exec", "build-image", "serve", "probe", "procedure"]),
  outcome,
  blocking: z.boolean(),
  exit: z.int().optional().describe("The command's exit code."),
  startedAt: z.number().optional().describe("Seconds since the run began."),
  seconds: z.number(),
  log: z.string().optional().describe("Its log, relative to the run's folder."),
  tail: z.string().optional().describe("The log's end, where it did not pass."),
  reused: z.boolean().optional().describe("Whether an earlier result with the same inputs stands."),
  receipt: earnedBy
    .optional()
    .describe("Set where it was not run: it passed in that run, and nothing that goes in changed."),
  command: z.string().optional().describe("The command, as one would type it."),
  explanation: explanation.optional(),
  tests: tests.optional(),
  coverage: coverage.optional(),
  findings: z.array(finding),
  notChecked: z.array(z.string()).optional().describe("What it passed without."),
  measures: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
});

export const stageRun = z.strictObject({
  id: stageId,
  outcome,
  blocking: z.boolean(),
  reason: z.string(),
  startedAt: z.number().optional(),
  seconds: z.number(),
  coverage: coverage.optional(),
  tests: testCounts.optional(),
  findings: z.array(finding),
  notChecked: z.array(z.string()).describe("What it passed without."),
  steps: z.array(stepRun),
});

/** What a deploy came to, for reports and for programs. */
export const deployment = z.strictObject({
  environment: z.string(),
  kind: z.enum(["deploy", "rollback", "promote"]),
  provider: z.string(),
  verdict: z.string().describe("One of docs/deploy-verdicts.md; only `live` is green."),
  rollback: z.enum(["not-needed", "done", "failed", "impossible"]),
  healthCheck: z.enum(["passed", "failed", "unknown"]),
  commit: z.string(),
  version: z.string().optional().describe("The tag of the commit, where there is one."),
  url: z.string().optional(),
  key: z.string().optional().describe("The attempt, as the record names it."),
  serving: z
    .strictObject({
      id: z.string(),
      commit: z.string().optional(),
      version: z.string().optional(),
    })
    .optional()
    .describe("What serves now, as far as it is known."),
  liveAt: z.iso.datetime().optional().describe("When the new version was proven."),
  seconds: z.number(),
  why: z.array(z.string()).describe("What happened, in words and in order."),
});

export const run = z
  .strictObject({
    version: z.literal(runVersion),
    id: z.string(),
    verdict,
    exit: z.int(),
    executor: z.enum(["host", "dagger"]),
    startedAt: z.iso.datetime(),
    seconds: z.number(),
    url: z.string().optional().describe("Where the run can be seen, on GitHub."),
    plan,
    tools: z.record(z.string(), z.string()).describe("Every tool that was used, with its version."),
    stages: z.array(stageRun),
    deployment: deployment.optional(),
    warnings: z.array(z.string()),
  })
  .describe("What happened.");

export type Run = z.infer<typeof run>;
export type StageRun = z.infer<typeof stageRun>;
export type StepRun = z.infer<typeof stepRun>;
export type Outcome = z.infer<typeof outcome>;
export type Verdict = z.infer<typeof verdict>;
export type Finding = z.infer<typeof finding>;
export type Tests = z.infer<typeof tests>;
export type TestFailure = z.infer<typeof testFailure>;
export type Coverage = z.infer<typeof coverage>;
export type RunDeployment = z.infer<typeof deployment>;
