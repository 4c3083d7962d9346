import { z } from "zod";

/** What one of the checks has to say; a place only where there is one. */
export const pullRequestFinding = z.strictObject({
  check: z.string().describe("The check that found it."),
  severity: z.enum(["error", "warning"]),
  message: z.string().describe("What is wrong, in words."),
  mend: z.string().describe("One change that makes it go away."),
  file: z.string().optional(),
  line: z.int().positive().optional(),
  rule: z.string().optional().describe("Which of the check's rules, where it has several."),
});

/** A check that could not be asked. It is never taken for a pass. */
export const notChecked = z.strictObject({
  check: z.string(),
  reason: z.string(),
  mend: z.string(),
  required: z.boolean().describe("Whether the verdict is unknown without it."),
});

/** A finding that the config accepts, until the day that it says. */
export const acceptedFinding = pullRequestFinding.extend({
  reason: z.string(),
  until: z.string(),
});

export const pullRequestReport = z.strictObject({
  verdict: z.enum(["passed", "failed", "unknown"]),
  findings: z.array(pullRequestFinding),
  notChecked: z.array(notChecked),
  notAsked: z.array(z.string()).describe("Checks that this repository does not ask for."),
  accepted: z.array(acceptedFinding),
});

export type PullRequestFinding = z.infer<typeof pullRequestFinding>;
export type NotChecked = z.infer<typeof notChecked>;
export type AcceptedFinding = z.infer<typeof acceptedFinding>;
export type PullRequestReport = z.infer<typeof pullRequestReport>;
