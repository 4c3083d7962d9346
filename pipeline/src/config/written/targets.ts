import { z } from "zod";
import { duration } from "./basics.ts";

const percent = z.number().min(0).max(100);

/** What `gantry dashboard` measures against. */
export const targets = z
  .strictObject({
    build: duration.optional().describe("The median run of all checks, at most (5m)."),
    tests: duration.optional().describe("The median time that tests run, at most (3m)."),
    deploy: duration.optional().describe("The median deployment, at most (5m)."),
    success: percent
      .optional()
      .describe("Percent of runs, of tests and of deployments that pass, at least (95)."),
    coverage: percent.optional().describe("Percent of lines and branches, at least (70)."),
    deploymentsPerDay: z
      .number()
      .min(0)
      .max(1000)
      .optional()
      .describe("Proven deployments a day, at least (2)."),
    leadTime: duration
      .optional()
      .describe("The median time from a commit to its proof, at most (no target)."),
    changeFailures: percent
      .optional()
      .describe("Percent of deployments that served and failed, at most (no target)."),
    restore: duration
      .optional()
      .describe("The median time that a failed version served, at most (no target)."),
  })
  .describe("What the dashboard measures against.");
