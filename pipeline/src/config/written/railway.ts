import { z } from "zod";

/** A Railway service's settings as people write them; the names are Railway's own. */
export const railwaySettings = z
  .strictObject({
    builder: z
      .enum(["RAILPACK", "NIXPACKS", "HEROKU", "PAKETO"])
      .optional()
      .describe("What builds the image; NIXPACKS has given way to RAILPACK, and is taken for it."),
    buildCommand: z.string().optional().describe("What builds the application."),
    startCommand: z.string().optional().describe("What starts it; it listens on $PORT."),
    preDeployCommand: z
      .union([z.string().transform((command) => [command]), z.array(z.string())])
      .optional()
      .describe("What runs before the new version starts, such as a migration."),
    dockerfilePath: z.string().optional().describe("A Dockerfile that builds it instead."),
    rootDirectory: z.string().optional().describe("The folder that is built."),
    healthcheckPath: z.string().startsWith("/").optional().describe("What Railway asks itself."),
    healthcheckTimeout: z.int().positive().optional().describe("For how long, in seconds."),
    restartPolicyType: z
      .enum(["ON_FAILURE", "ALWAYS", "NEVER"])
      .optional()
      .describe("When an application that ended is started again."),
    restartPolicyMaxRetries: z.int().nonnegative().optional().describe("How often at most."),
    numReplicas: z.int().positive().optional().describe("How many run side by side."),
    region: z.string().optional().describe("Where it runs."),
    cronSchedule: z.string().optional().describe("When it runs, for one that does not serve."),
    drainingSeconds: z.int().nonnegative().optional().describe("How long an old one may finish."),
    overlapSeconds: z.int().nonnegative().optional().describe("How long both run."),
    sleepApplication: z.boolean().optional().describe("Whether it sleeps while nobody asks."),
    watchPatterns: z.array(z.string()).optional().describe("Files whose change is built."),
    volumes: z
      .array(
        z.strictObject({
          mountPath: z.string().startsWith("/").describe("Where it is mounted."),
          name: z.string().optional().describe("Its name, for people."),
        }),
      )
      .optional()
      .describe("Volumes; missing ones are made, none is ever removed."),
  })
  .describe("The settings of a Railway service.");

export type RailwaySettings = z.output<typeof railwaySettings>;
