import { z } from "zod";
import { relativePath } from "./basics.ts";

// What is asked before a merge.

export const pullRequests = z
  .strictObject({
    types: z
      .union([z.array(z.string().regex(/^[a-z][a-z0-9-]*$/)).min(1), z.literal(false)])
      .optional()
      .describe("Types that a title may begin with (feat, fix, docs, …); `false`: any title."),
    branches: z
      .union([z.array(z.string().min(1).max(200)).min(1), z.literal(false)])
      .optional()
      .describe("Names of branches, `feature/` for all below; `false`: any name."),
    requiredFiles: z
      .array(relativePath)
      .optional()
      .describe("Files that have to be there (README.md)."),
    largeFile: z
      .string()
      .regex(/^[1-9]\d{0,5}(KB|MB)$/, "it must be a size, such as `500KB` or `1MB`")
      .optional()
      .describe("From which size on a file is warned of (1MB)."),
  })
  .describe("What is asked of a pull request.");

export const protectedBranch = z
  .strictObject({
    kind: z
      .enum(["classic", "ruleset"])
      .optional()
      .describe("What on GitHub protects it: its branch protection, or a ruleset (classic)."),
    reviews: z
      .union([
        z.strictObject({
          required: z.int().min(0).max(6).optional().describe("How many people must approve."),
          dismissStale: z
            .boolean()
            .optional()
            .describe("Whether a new commit takes approvals away."),
          codeOwners: z.boolean().optional().describe("Whether owners of the code must approve."),
        }),
        z.literal(false),
      ])
      .optional()
      .describe("What is asked of reviews; `false`: no pull request is needed."),
    checks: z
      .union([
        z.strictObject({
          strict: z
            .boolean()
            .optional()
            .describe("Whether the branch must be up to date with its base."),
          required: z
            .array(z.string().min(1).max(200))
            .max(100)
            .optional()
            .describe("Checks that must have passed, and no others."),
        }),
        z.literal(false),
      ])
      .optional()
      .describe("What is asked of checks; `false`: none must pass."),
    enforceAdmins: z.boolean().optional().describe("Whether it holds for administrators too."),
    linearHistory: z.boolean().optional().describe("Whether merge commits are refused."),
    signedCommits: z.boolean().optional().describe("Whether every commit must be signed."),
    allowForcePushes: z.boolean().optional().describe("Whether history may be rewritten."),
    allowDeletions: z.boolean().optional().describe("Whether the branch may be deleted."),
  })
  .describe("How a branch is protected; what is not said stays as it is on GitHub.");
