import { z } from "zod";

// What is asked about the packages that a repository depends on.

/** How bad an advisory is, from the least to the worst. */
export const severities = ["low", "moderate", "high", "critical"] as const;

export const security = z
  .strictObject({
    audit: z
      .union([
        z.strictObject({
          level: z
            .enum(severities)
            .optional()
            .describe(
              "From which severity on an advisory is red (high); one without a severity, as PyPI's are, always is.",
            ),
          development: z
            .boolean()
            .optional()
            .describe("Whether packages that only development needs are asked about (true)."),
          required: z
            .boolean()
            .optional()
            .describe(
              "Whether the verdict is unknown where the database could not be asked (true); else it is only named.",
            ),
        }),
        z.literal(false),
      ])
      .optional()
      .describe(
        "Whether locked packages have known vulnerabilities, as pip-audit and npm audit say.",
      ),
  })
  .describe("The stage `security`; without this key it does not run, `{}` asks for all of it.");
