import { z } from "zod";
import { duration, relativePath } from "./basics.ts";

// What the pipeline needs, and what is known and accepted.

export const secret = z
  .strictObject({
    optional: z.boolean().optional().describe("Whether the pipeline does without it."),
    rotate: duration.optional().describe("The longest age before it should be renewed."),
    rotated: z.iso.date().optional().describe("The day it was last renewed."),
  })
  .describe("A secret, by the name of its variable.");

export const accepted = z
  .strictObject({
    check: z
      .string()
      .min(1)
      .describe("The check that found it: secrets, conflict-markers, audit, …."),
    rule: z
      .string()
      .min(1)
      .optional()
      .describe("Only what this rule of the check found; of an audit: an advisory or its CVE."),
    package: z
      .string()
      .min(1)
      .max(214)
      .optional()
      .describe("Only in this package, for what the check `audit` finds."),
    file: relativePath.optional().describe("Only in this file; `folder/` is all below it."),
    line: z.int().positive().optional().describe("Only in this line."),
    reason: z.string().min(3).max(500).describe("Why it is no harm, for those who come after."),
    until: z.iso.date().describe("The last day on which this counts."),
  })
  .describe("A finding that is known and accepted for a time.");
