import { z } from "zod";
import { duration, environment, variable } from "./basics.ts";
import { railwaySettings } from "./railway.ts";

// Where and how it is deployed.

export const deployment = z
  .strictObject({
    branch: z.string().min(1).optional().describe("The branch whose pushes are deployed here."),
    provider: z.enum(["railway", "local"]).describe("Where it is deployed."),
    project: z.string().optional().describe("The provider's project, by id."),
    service: z.string().optional().describe("The provider's service, by name or id."),
    environment: z.string().optional().describe("The provider's own name of the environment."),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("Where it is served."),
    wait: duration.optional().describe("Longest time for a deployment (5m)."),
    tests: z
      .array(z.enum(["deployed", "extended"]))
      .optional()
      .describe("Tests after the deploy."),
    token: variable.optional().describe("The secret with the provider's token (RAILWAY_TOKEN)."),
    health: z
      .strictObject({
        path: z.string().startsWith("/").optional().describe("What is asked (the image's health)."),
        attempts: z.int().min(1).max(100).optional().describe("How often it may fail (10)."),
        interval: duration.optional().describe("The time between two questions (5s)."),
        consecutive: z.int().min(1).max(20).optional().describe("Successes in a row (4)."),
      })
      .optional()
      .describe("How the new version is asked until it is proven."),
    identity: z
      .union([
        z.literal("provider"),
        z.strictObject({
          commit: z.string().optional().describe("The field with the commit."),
          deployment: z.string().optional().describe("The field with the deployment's id."),
        }),
      ])
      .optional()
      .describe(
        "Where the health answer says which version it is (`commit`, `deployment_id`); `provider` takes the provider's word instead.",
      ),
    settings: railwaySettings.optional(),
    variables: environment.optional().describe("Variables of the deployed service."),
  })
  .describe("An environment.");
