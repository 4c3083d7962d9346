import { valid } from "semver";
import { z } from "zod";
import { railwaySettings } from "./railway.ts";
import { splitWords } from "./words.ts";

/**
 * The written form: what people type into `gantry.yaml`. The JSON Schema, the reference page and
 * the types all come from here. Every key may be left out where the repository shows the answer.
 */

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/i)
  .describe("A name: letters, digits, `-` and `_`, at most 63.");
const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
  .describe("The name of an environment variable.");
const relativePath = z
  .string()
  .min(1)
  .max(4096)
  .refine((path) => !path.startsWith("/") && !path.split("/").includes(".."), {
    message: "must be a path inside the repository, without `..`",
  })
  .describe("A path inside the repository, relative to its root.");
const duration = z
  .union([
    z.int().positive(),
    z.string().regex(/^\d+(ms|s|m|h|d)$/, "it must be a time, such as `90s` or `5m`"),
  ])
  .describe("A time: `90s`, `5m`, `1h`, or a number of seconds.");
const version = z.union([z.string().min(1).max(32), z.number()]).transform(String);
const port = z.int().min(1).max(65535).describe("A TCP port.");

const line = z
  .union([
    z
      .string()
      .min(1)
      .max(8192)
      .superRefine(splits)
      .describe("A command; split into words, never given to a shell."),
    z.strictObject({ sh: z.string().min(1).max(65536).describe("A script for `sh -eu`.") }),
  ])
  .describe("One command.");
const commands = z
  .union([line, z.array(line).min(1).max(100)])
  .describe("One command, or several that run one after the other until one fails.");

const environment = z
  .record(variable, z.union([z.string(), z.number(), z.boolean()]).transform(String))
  .describe("Environment variables with their values. Never put a secret here.");

const coverage = z.strictObject({
  source: relativePath.optional().describe("The folder or package that is measured."),
  minimum: z.number().min(0).max(100).optional().describe("Percent of lines and branches (70)."),
});

const suite = z
  .strictObject({
    run: commands.optional().describe("What runs the tests."),
    beforeDeploy: commands
      .optional()
      .describe("What runs them instead on a push to a branch that an environment deploys."),
    coverage: coverage.optional().describe("Coverage of this suite and its gate."),
    blocking: z.boolean().optional().describe("Whether a failure makes the verdict red."),
    secrets: z.array(variable).optional().describe("Secrets these tests need, by name."),
    env: environment.optional(),
    timeout: duration.optional().describe("Longest time for one command (30m)."),
    retries: z
      .int()
      .min(0)
      .max(5)
      .optional()
      .describe("How often failed tests run again to tell flaky ones (1); 0 asks for none."),
    flaky: z
      .enum(["warn", "fail"])
      .optional()
      .describe("What a test that fails and then passes means: a warning, or a failure."),
    history: z.boolean().optional().describe("Whether the tests need git's history."),
  })
  .describe("A suite of tests.");

const component = z
  .strictObject({
    path: relativePath.optional().describe("The component's folder (`.`)."),
    toolchain: z
      .enum(["uv", "pip", "npm", "pnpm", "yarn"])
      .optional()
      .describe("What installs it and runs its commands."),
    python: version.optional().describe("The Python version, such as `3.12`."),
    node: version.optional().describe("The Node.js major version, such as `24`."),
    install: commands
      .optional()
      .describe("What installs the dependencies, instead of the default."),
    build: commands.optional().describe("What builds it: part of code-quality and of the image."),
    buildFirst: z
      .boolean()
      .optional()
      .describe("Whether its checks and tests need it built (false)."),
    start: line.optional().describe("What starts it as a process; it listens on $PORT."),
    quality: z
      .record(name, z.union([commands, z.literal(false)]))
      .optional()
      .describe("Checks of code-quality by name (lint, format, types, …); `false` drops one."),
    tests: z
      .partialRecord(
        z.enum(["unit", "integration", "smoke", "deployed", "extended"]),
        z.union([suite, z.literal(false)]),
      )
      .optional()
      .describe("Test suites by kind."),
    env: environment.optional(),
    envFile: relativePath.optional().describe("A file of variables for the tests, in `.env` form."),
    history: z.boolean().optional().describe("Whether its commands need git's history."),
  })
  .describe("A part of the repository with one toolchain.");

const service = z
  .strictObject({
    image: z.string().min(1).describe("The container image, best with a digest."),
    port,
    env: environment.optional().describe("Variables for the service itself."),
    provides: environment
      .optional()
      .describe("Variables for the tests; `{host}` and `{port}` are filled in."),
    for: z
      .array(z.enum(["unit", "integration", "smoke"]))
      .optional()
      .describe("The suites that need it (integration)."),
    ready: duration.optional().describe("Longest time until its port answers (60s)."),
  })
  .describe("A container that runs beside tests.");

const expectation = z
  .strictObject({
    path: z.string().startsWith("/").describe("The path that is asked for."),
    method: z
      .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
      .optional()
      .describe("How it is asked for (GET)."),
    body: z.json().optional().describe("A JSON body to send."),
    status: z.int().min(100).max(599).optional().describe("The status that must come back (200)."),
    contentType: z
      .string()
      .optional()
      .describe("The start of the content type that must come back."),
    text: z.string().optional().describe("Text that must be in the answer."),
    json: z
      .record(z.string(), z.json())
      .optional()
      .describe("Fields of the JSON answer: a type (`string`, `number`, …) or the exact value."),
  })
  .describe("A request and what must come back.");

const image = z.strictObject({
  dockerfile: relativePath.optional().describe("The Dockerfile (`Dockerfile`)."),
  context: relativePath.optional().describe("The build's folder (`.`)."),
  target: z.string().optional().describe("The stage of the Dockerfile to build."),
  args: environment.optional().describe("Build arguments."),
  port: port.optional().describe("The port it listens on (8080, also as $PORT)."),
  env: environment.optional().describe("Variables for the started container."),
  health: z.string().startsWith("/").optional().describe("The health path."),
  endpoints: z.array(expectation).optional().describe("Further endpoints that must answer."),
  startup: duration.optional().describe("Longest time until it is healthy (60s)."),
});

const deployment = z
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

const semanticVersion = z
  .string()
  .refine((text) => /^\d/.test(text) && valid(text) !== null, {
    message: "must be a version of three numbers, such as `1.0.0`",
  })
  .describe("A version: `1.0.0`.");
const tagForm = z
  .string()
  .max(200)
  .regex(/^[^\s~^:?*[\\-][^\s~^:?*[\\]*$/, "it must be a name that git allows for a tag")
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

const release = z
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
      .record(z.string().regex(/^[a-z]\w*$/), level)
      .optional()
      .describe("What types of commits call for, over feat: minor; fix, perf, revert: patch."),
    unconventional: z
      .enum(["patch", "none"])
      .optional()
      .describe("What a commit that follows no convention calls for (none)."),
    channels: z
      .record(z.string(), z.string().regex(/^[0-9A-Za-z-]*[A-Za-z-][0-9A-Za-z-]*$/))
      .optional()
      .describe("Branches that make pre-releases, with the name in them: `beta: beta`."),
    components: z
      .record(name, released)
      .optional()
      .describe("One version per part, instead of one for all."),
  })
  .describe("How a release is made.");

const secret = z
  .strictObject({
    optional: z.boolean().optional().describe("Whether the pipeline does without it."),
    rotate: duration.optional().describe("The longest age before it should be renewed."),
    rotated: z.iso.date().optional().describe("The day it was last renewed."),
  })
  .describe("A secret, by the name of its variable.");

const pullRequests = z
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

const notify = z
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

const protectedBranch = z
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

const accepted = z
  .strictObject({
    check: z.string().min(1).describe("The check that found it: secrets, conflict-markers, …."),
    rule: z.string().min(1).optional().describe("Only what this rule of the check found."),
    file: relativePath.optional().describe("Only in this file; `folder/` is all below it."),
    line: z.int().positive().optional().describe("Only in this line."),
    reason: z.string().min(3).max(500).describe("Why it is no harm, for those who come after."),
    until: z.iso.date().describe("The last day on which this counts."),
  })
  .describe("A finding that is known and accepted for a time.");

const dependencies = z
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

/** A command that cannot be split is wrong as written, and is said with all the other mistakes. */
function splits(command: string, context: z.RefinementCtx): void {
  const split = splitWords(command);
  if (split.ok) return;
  for (const { message, code, mend } of split.problems) {
    context.addIssue({ code: "custom", message, params: { code, mend } });
  }
}

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
export type SuiteKind = "unit" | "integration" | "smoke" | "deployed" | "extended";
