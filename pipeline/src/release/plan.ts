import { z } from "zod";

const hash = z.string().regex(/^[0-9a-f]{7,64}$/);
const header = z.string().describe("A commit's first line, as it was written.");
const level = z.enum(["major", "minor", "patch"]);

const commit = z.strictObject({
  hash,
  type: z.string().nullable().describe("In small letters; null: it follows no convention."),
  scope: z.string().nullable(),
  breaking: z.boolean(),
  subject: z.string(),
  header,
  author: z.string(),
  pull: z.string().optional().describe("The number of its pull request."),
  held: z.boolean().describe("Whether a squashed pull request holds it, under that one's hash."),
});

const why = z.strictObject({
  hash,
  header,
  rule: z.string().describe("The rule's name."),
  level,
});

const changelog = z.strictObject({
  features: z.array(header),
  fixes: z.array(header),
  chores: z.array(header),
  breaking: z.array(header).describe("These stand in their own group too."),
});

const shared = {
  format: z.literal(1).describe("The version of this form."),
  component: z.string().optional(),
  previous: z.string().nullable().describe("The tag of the version before; null: there is none."),
  commit: hash.nullable().describe("What is released: the commit that HEAD was."),
  commits: z.array(commit).describe("What the release brings, the newest first."),
  cancelled: z
    .array(z.strictObject({ hash, header, by: hash }))
    .describe("Changes that were reverted before anybody got them."),
  unconventional: z.array(header).describe("What follows no convention, and so decided nothing."),
  inferred: z
    .array(z.strictObject({ what: z.string(), from: z.string() }))
    .describe("Settings taken from the repository's own release tool, for people to check."),
  warnings: z.array(z.string()),
};

export const releasePlan = z
  .strictObject({
    ...shared,
    version: z.string().describe("Without the tag's `v`."),
    tag: z.string(),
    level: z.union([level, z.literal("first")]),
    channel: z.string().optional().describe("The pre-release's name."),
    commit: hash,
    why: z.array(why).describe("The commits that decide."),
    changelog,
    notes: z.string().describe("What people read, as Markdown."),
  })
  .describe("A release that is due.");

export const nothingToRelease = z
  .strictObject({ ...shared, version: z.null(), reason: z.string() })
  .describe("Nothing is due, and why.");

export const releaseAnswer = z.union([releasePlan, nothingToRelease]);

const step = z.strictObject({
  id: z.string(),
  title: z.string(),
  effects: z.string().describe("What it changes in the world."),
});

const metadata = z
  .strictObject({
    version: z.string(),
    tag: z.string(),
    commit: hash,
    date: z.iso.datetime(),
    changelog: changelog.omit({ breaking: true }).extend({ breaking: z.array(header).optional() }),
  })
  .describe("The asset, without the deployment, which only publishing knows.");

const shown = z.union([releasePlan.extend({ metadata, steps: z.array(step) }), nothingToRelease]);

/** What `gantry release --dry-run --json` answers. */
export const shownRelease = z.union([shown, z.strictObject({ releases: z.array(shown) })]);

export type ReleasePlan = z.output<typeof releasePlan>;
export type NothingToRelease = z.output<typeof nothingToRelease>;
export type PlannedCommit = z.output<typeof commit>;
export type Changelog = z.output<typeof changelog>;
