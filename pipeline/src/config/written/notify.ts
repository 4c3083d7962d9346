import { z } from "zod";
import { name, variable } from "./basics.ts";

// Who is told.

const sentry = z
  .strictObject({
    organisation: z.string().min(1).max(200).describe("The organisation, by its slug."),
    projects: z.array(z.string().min(1).max(200)).min(1).max(50).describe("Projects, by slug."),
    token: variable.optional().describe("The secret with the token (SENTRY_AUTH_TOKEN)."),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("The server (https://sentry.io)."),
  })
  .describe("Where Sentry learns of releases and their deploys.");

const datadog = z
  .strictObject({
    site: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "it must be a host's name, such as `datadoghq.eu`")
      .optional()
      .describe("The site (datadoghq.com)."),
    key: variable.optional().describe("The secret with the API key (DATADOG_API_KEY)."),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("The API's address, where it is not the site's (https://api.SITE)."),
  })
  .describe("Where Datadog learns of deploys, as events.");

export const notify = z
  .strictObject({
    slack: variable.optional().describe("The secret with Slack's webhook."),
    discord: variable.optional().describe("The secret with Discord's webhook."),
    incidents: z
      .union([z.array(name).max(50), z.literal(false)])
      .optional()
      .describe("Environments whose failed deploys open an issue (production); `false`: none."),
    sentry: sentry.optional(),
    datadog: datadog.optional(),
  })
  .describe("Who is told of deploys; webhooks, tokens and keys by the names of their secrets.");
