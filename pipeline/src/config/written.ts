import { z } from "zod";
import { type commands, type line, name, relativePath, variable } from "./written/basics.ts";
import { component, type suite } from "./written/component.ts";
import { dependencies } from "./written/dependencies.ts";
import { deployment } from "./written/deployment.ts";
import { image, service } from "./written/image.ts";
import { notify } from "./written/notify.ts";
import { protectedBranch, pullRequests } from "./written/pull-requests.ts";
import { release } from "./written/release.ts";
import { accepted, secret } from "./written/secrets.ts";
import { security } from "./written/security.ts";
import { targets } from "./written/targets.ts";

/**
 * The written form: what people type into `gantry.yaml`. The JSON Schema, the reference page and
 * the types all come from here. Every key may be left out where the repository shows the answer.
 */

export const writtenConfig = z
  .strictObject({
    $schema: z.string().optional().describe("Where editors find the schema."),
    version: z.literal(1).optional().describe("The version of this form."),
    name: name.optional().describe("The application's name (the repository's folder)."),
    components: z.record(name, component).optional().describe("The parts of the repository."),
    services: z.record(name, service).optional().describe("What tests need beside the code."),
    image: z
      .union([image, z.literal(false)])
      .optional()
      .describe("The container image."),
    environments: z.record(name, deployment).optional().describe("Where it is deployed."),
    coverage: z
      .strictObject({
        minimum: z.number().min(0).max(100).describe("Percent of lines and branches."),
      })
      .optional()
      .describe("The gate over all components together."),
    codecov: z
      .strictObject({
        url: z
          .url({ protocol: /^https?$/ })
          .optional()
          .describe("The server (codecov.io)."),
        token: variable.optional().describe("The secret with the token (CODECOV_TOKEN)."),
        required: z.boolean().optional().describe("Whether a failed upload is red (false)."),
      })
      .optional()
      .describe("Coverage upload; done only where the token is there."),
    release: release.optional(),
    notify: notify.optional(),
    branches: z
      .record(z.string().min(1).max(200), z.union([protectedBranch, z.literal(false)]))
      .optional()
      .describe("How branches are protected, by name; `false` leaves one alone."),
    secrets: z.record(variable, secret).optional().describe("The secrets the pipeline knows."),
    pullRequests: pullRequests.optional(),
    dependencies: dependencies.optional(),
    security: security.optional(),
    targets: targets.optional(),
    accepted: z.array(accepted).max(500).optional().describe("Findings that are accepted."),
    certificates: relativePath.optional().describe("A bundle of the company's own certificates."),
    images: z
      .partialRecord(z.enum(["python", "node", "git"]), z.string().min(1))
      .optional()
      .describe("Other base images for the toolchains, for instance a company's mirror."),
  })
  .describe("gantry.yaml: how a repository is delivered.");

export type WrittenConfig = z.input<typeof writtenConfig>;
export type ParsedConfig = z.output<typeof writtenConfig>;
export type WrittenComponent = NonNullable<ParsedConfig["components"]>[string];
export type WrittenSuite = z.output<typeof suite>;
export type WrittenCommands = z.output<typeof commands>;
export type WrittenLine = z.output<typeof line>;
export type WrittenService = z.output<typeof service>;
export type WrittenImage = z.output<typeof image>;
export type WrittenProtection = z.output<typeof protectedBranch>;
export type SuiteKind = "unit" | "integration" | "smoke" | "e2e" | "deployed" | "extended";
