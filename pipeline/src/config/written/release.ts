import { valid } from "semver";
import { z } from "zod";
import { name, relativePath } from "./basics.ts";
import { channelName, tagPattern } from "./release-words.ts";

// How versions are made and published.

const semanticVersion = z
  .string()
  .refine((text) => /^\d/.test(text) && valid(text) !== null, {
    message: "must be a version of three numbers, such as `1.0.0`",
  })
  .describe("A version: `1.0.0`.");
const tagForm = z
  .string()
  .max(200)
  .regex(tagPattern, "it must be a name that git allows for a tag")
  .refine((text) => text.split("{version}").length === 2, {
    message: "must have `{version}` in it, once",
  })
  .describe("How tags are written, with `{version}` in it.");
const level = z.enum(["major", "minor", "patch", "none"]);

const released = z
  .strictObject({
    path: z
      .union([relativePath, z.array(relativePath).min(1)])
      .describe("The folder, or folders, whose changes it is made of."),
    tag: tagForm.optional().describe("Its tags (`NAME-v{version}`)."),
    first: semanticVersion.optional().describe("Its first version."),
  })
  .describe("A part of the repository with versions of its own.");

export const release = z
  .strictObject({
    first: semanticVersion.optional().describe("The first version (1.0.0)."),
    tag: tagForm
      .optional()
      .describe("How tags are written (`v{version}`, or as the newest tag is)."),
    changelog: z
      .union([relativePath, z.literal(false)])
      .optional()
      .describe("The changelog (CHANGELOG.md); false: none is kept."),
    sync: z
      .union([z.string().min(1), z.literal(false)])
      .optional()
      .describe("The branch that gets the release's commits (develop, where there is one)."),
    zero: z
      .strictObject({
        breaking: z.enum(["major", "minor"]).optional().describe("A breaking change (minor)."),
        feature: z.enum(["minor", "patch"]).optional().describe("A feature (patch)."),
      })
      .optional()
      .describe("What grows while the version is below 1.0.0."),
    types: z
      .record(z.string().regex(/^([a-z]\w*|\*)$/), level)
      .optional()
      .describe(
        "What types of commits call for, over feat: minor; fix, perf, revert: patch. `*`: any other.",
      ),
    unconventional: z
      .enum(["patch", "none"])
      .optional()
      .describe("What a commit that follows no convention calls for (none)."),
    channels: z
      .record(z.string(), z.string().regex(channelName))
      .optional()
      .describe("Branches that make pre-releases, with the name in them: `beta: beta`."),
    components: z
      .record(name, released)
      .optional()
      .describe("One version per part, instead of one for all."),
    sbom: z
      .boolean()
      .optional()
      .describe("Whether a bill of materials comes with it, where there is a lock (true)."),
  })
  .describe("How a release is made.");
