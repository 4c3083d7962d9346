import { z } from "zod";
import { name, variable } from "./basics.ts";

// How dependencies are kept fresh.

export const dependencies = z
  .strictObject({
    base: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe("The branch that updates go to (develop)."),
    branch: z
      .string()
      .max(200)
      .regex(/^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)*$/, "it must be a plain branch name")
      .optional()
      .describe("The branch that belongs to the updates alone (gantry/dependencies)."),
    labels: z
      .array(z.string().min(1).max(50))
      .max(20)
      .optional()
      .describe("Labels of the pull request (dependencies)."),
    groups: z
      .record(name, z.array(z.string().min(1).max(214)).min(1))
      .optional()
      .describe('Packages that move together, by patterns with `*`: `types: ["@types/*"]`.'),
    ignore: z
      .array(
        z.strictObject({
          package: z.string().min(1).max(214).describe("A package, or a pattern with `*`."),
          reason: z.string().min(3).max(500).describe("Why it stays as it is."),
          until: z.iso.date().optional().describe("The last day on which this counts."),
        }),
      )
      .max(200)
      .optional()
      .describe("Packages that stay as they are."),
    majors: z
      .array(z.string().min(1).max(214))
      .max(200)
      .optional()
      .describe(
        'Packages whose ranges may be raised to the newest version, by patterns with `*`: `["*"]` for all. Others are only named (none).',
      ),
    token: variable
      .optional()
      .describe("The secret with a token whose requests start checks (GANTRY_APP_TOKEN)."),
    schedule: z
      .string()
      .regex(/^\S+( \S+){4}$/, "it must be five fields, as cron has them")
      .optional()
      .describe("When updates are looked for, as cron says it (`0 9 * * 1`)."),
    runs: z
      .int()
      .min(1)
      .max(50)
      .optional()
      .describe("The most test runs in search of what breaks them (12)."),
  })
  .describe("How dependencies are kept fresh.");
