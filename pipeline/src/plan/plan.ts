import { z } from "zod";
import { exception } from "../config/accepted.ts";
import { severities } from "../config/written/security.ts";

/**
 * The plan: everything that will happen, before anything happens. It is data: written to a file,
 * read back, executed elsewhere. It names toolchains and versions, never paths of a machine, and
 * secrets only by name.
 */
export const planVersion = 1;

export const eventKind = z
  .enum(["push", "pull-request", "schedule", "manual"])
  .describe("Why the pipeline runs; a merge group counts as a pull request.");

export const trigger = z
  .strictObject({
    event: eventKind,
    branch: z.string().describe("The branch that is checked; a pull request's head."),
    base: z.string().optional().describe("The branch that a pull request wants to change."),
    baseCommit: z.string().optional().describe("The base's commit, where the event names it."),
    commit: z.string().describe("The commit, or the last one before uncommitted changes."),
    checkedOut: z
      .string()
      .optional()
      .describe("The commit that lies there, where it is another: GitHub's merge into the base."),
    eventName: z.string().describe("GitHub's own name of the event, for state.json."),
    fork: z.boolean().describe("Whether the code comes from a fork: it then meets no secret."),
    repository: z.string().optional().describe("`owner/name` on GitHub."),
    actor: z.string().optional().describe("Who caused it."),
    pullRequest: z
      .strictObject({ number: z.int(), title: z.string() })
      .optional()
      .describe("The pull request, where there is one."),
  })
  .describe("What started the run.");

const id = z.string().regex(/^[a-z0-9][a-z0-9_./-]*$/i);
const argv = z.tuple([z.string()], z.string()).describe("A command and its arguments.");
const variables = z.record(z.string(), z.string());
const seconds = z.number().positive();

/** A result that a step leaves behind, and how it is read. */
export const report = z.strictObject({
  format: z.enum([
    "junit",
    "cobertura",
    "jest",
    "playwright",
    "npm-audit",
    "pnpm-audit",
    "pip-audit",
    "folder",
    "file",
  ]),
  path: z.string().describe("Where the step leaves it, relative to its folder."),
  artifact: z.string().describe("Its name under the run's artifacts."),
});

const common = {
  id: id.describe("Unique in its stage."),
  title: z.string().describe("What it does, for people."),
  component: z.string().optional(),
  needs: z.array(id).describe("Steps of the same stage that must have passed."),
  blocking: z.boolean().describe("Whether its failure fails the stage."),
  timeoutSeconds: seconds,
  early: z
    .literal(true)
    .optional()
    .describe("Set for what only prepares: it may start before the stage's needs have passed."),
  onlyWithout: z
    .literal("images")
    .optional()
    .describe("Set for what stands in: it runs only where the executor lacks this."),
};

/** How a coverage report is judged. */
const gate = z.strictObject({
  minimum: z.number().optional().describe("Percent of lines and branches; absent: only shown."),
});

/** How the answer of a database of vulnerabilities is weighed. */
export const audit = z.strictObject({
  file: z.string().describe("The lock or manifest that names the packages."),
  level: z.enum(severities).describe("From which severity on an advisory is red."),
  development: z
    .boolean()
    .describe("Whether packages that only development needs are asked about."),
  required: z.boolean().describe("Whether the verdict is unknown where nobody could be asked."),
  accepted: z.array(exception).describe("What the config accepts, until its day."),
  lacks: z.string().optional().describe("Why nobody can be asked; then nothing is run."),
  without: z.string().optional().describe("What is not asked about; named where the rest passed."),
});

export const execStep = z
  .strictObject({
    ...common,
    kind: z.literal("exec"),
    toolchain: id.describe("The toolchain of the plan that runs it."),
    workspace: id.describe("Steps with the same workspace see each other's files."),
    after: id.optional().describe("The step whose file system this one goes on from."),
    directory: z.string().describe("Where it runs, relative to the source's root."),
    argv,
    env: variables.describe("Its variables; no secrets."),
    secrets: z.array(z.string()).describe("Secrets it gets as variables, by name."),
    optionalSecrets: z.array(z.string()).describe("Secrets it gets if they are there."),
    path: z.array(z.string()).describe("Folders to find programs in, relative to its directory."),
    inputs: z
      .strictObject({
        include: z.array(z.string()).optional().describe("The only files it sees, as exact paths."),
        only: z
          .array(z.string())
          .min(1)
          .optional()
          .describe("The only files and folders it sees; with neither, it sees the whole source."),
        history: z.boolean().describe("Whether it sees git's history."),
      })
      .describe("What goes in."),
    prepares: z
      .strictObject({
        trees: z.array(z.string()).describe("Folders it leaves, relative to the source's root."),
        movable: z.boolean().describe("Whether they work at another path."),
      })
      .optional()
      .describe("Set for an install step: with the same inputs its trees need not be made again."),
    fetches: z
      .strictObject({ what: z.string(), mend: z.string() })
      .optional()
      .describe("What it brings from elsewhere: without it nothing is known, and nothing is red."),
    reads: z
      .array(id)
      .describe("Steps of the stage whose reports it reads, as `{reports:ID}` in its arguments."),
    services: z.array(z.string()).describe("Services it needs, by name."),
    asks: id
      .optional()
      .describe("The served thing of its stage that it asks; it gets the address as variables."),
    caches: z.array(z.string()).describe("Named caches that are kept between runs."),
    leaves: z.array(report),
    tests: z.boolean().describe("Whether it runs tests, so that none at all is a failure."),
    coverage: gate.optional(),
    audit: audit
      .optional()
      .describe("Set for a step that asks for vulnerabilities or prepares that: never cached."),
    retry: z
      .strictObject({
        times: z.int().positive(),
        argv: argv
          .optional()
          .describe("What runs only the tests that failed; absent: the command does that itself."),
        flaky: z.enum(["warn", "fail"]),
      })
      .optional(),
  })
  .describe("A command in a toolchain.");

export const buildImageStep = z
  .strictObject({
    ...common,
    kind: z.literal("build-image"),
    dockerfile: z.string(),
    context: z.string(),
    target: z.string().optional(),
    args: variables,
    image: id.describe("The name under which later steps know it."),
    standIn: id
      .optional()
      .describe("The step that stands in where no image can be built; what it lacks is named."),
  })
  .describe("An image from a Dockerfile.");

const serveStep = z
  .strictObject({
    ...common,
    kind: z.literal("serve"),
    image: id.optional().describe("The image that is started."),
    process: z
      .strictObject({
        argv,
        directory: z.string(),
        path: z.array(z.string()),
        toolchain: id,
        after: id,
        workspace: id,
      })
      .optional()
      .describe("The process that stands in where no image can be built."),
    port: z.int().positive(),
    env: variables,
    serves: id.describe("The name under which probes know it."),
  })
  .describe("Starts the application and leaves it running until the stage ends.");

export const expectation = z.strictObject({
  path: z.string(),
  method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]),
  body: z.json().optional(),
  status: z.int(),
  contentType: z.string().optional(),
  text: z.string().optional(),
  json: z.record(z.string(), z.json()).optional(),
});

const probeStep = z
  .strictObject({
    ...common,
    kind: z.literal("probe"),
    target: id,
    requests: z.array(expectation).min(1),
    withinSeconds: seconds.describe("How long it may take until the first success."),
    consecutive: z.int().positive().describe("How many successes in a row are asked for."),
    intervalSeconds: seconds,
  })
  .describe("Asks a served thing until it answers as expected.");

const procedureStep = z
  .strictObject({
    ...common,
    kind: z.literal("procedure"),
    procedure: z.string(),
    settings: z.record(z.string(), z.json()),
    toolchain: id.optional().describe("The toolchain that brings its tools."),
    tools: z.record(z.string(), z.string()).describe("Tools it starts, with pinned versions."),
    history: z.boolean().describe("Whether it reads git's history."),
    secrets: z.array(z.string()),
    effects: z.array(z.string()).describe("What it can change in the world, in words."),
  })
  .describe("One of Gantry's own procedures.");

export const step = z.discriminatedUnion("kind", [
  execStep,
  buildImageStep,
  serveStep,
  probeStep,
  procedureStep,
]);

export const stageId = z.enum([
  "pr-checks",
  "code-quality",
  "unit-tests",
  "integration-tests",
  "smoke-tests",
  "security",
  "e2e-tests",
  "deploy-staging",
  "performance-tests",
  "deploy-production",
  "create-release",
]);

export const stage = z.strictObject({
  id: stageId,
  kind: z.enum(["check", "act"]).describe("Checks change nothing in the world; acts do."),
  run: z.boolean(),
  reason: z.string().describe("Why it runs, or why it does not."),
  needs: z.array(stageId),
  blocking: z.boolean(),
  steps: z.array(step),
  coverage: gate.optional().describe("The gate over all its components together."),
});

export const toolchain = z.strictObject({
  kind: z.enum(["python", "node"]),
  version: z.string().optional().describe("The wanted language version; absent: any."),
  tools: z.record(z.string(), z.string()).describe("Tools with their pinned versions."),
  image: z.string().optional().describe("Another base image, where the config names one."),
  browsers: z
    .string()
    .optional()
    .describe("The version of Playwright whose browsers a container of it brings."),
});

export const service = z.strictObject({
  image: z.string(),
  port: z.int(),
  env: variables,
  provides: variables.describe("Variables for the tests, with `{host}` and `{port}`."),
  readySeconds: seconds,
});

export const plan = z
  .strictObject({
    version: z.literal(planVersion),
    gantry: z.string().describe("The version of Gantry that made it."),
    name: z.string().describe("The application."),
    source: z.string().describe("The hash of the source that it was made for."),
    origin: z.enum(["file", "inferred"]).describe("Whether there is a gantry.yaml."),
    trigger,
    toolchains: z.record(z.string(), toolchain),
    services: z.record(z.string(), service),
    stages: z.array(stage),
    asked: z
      .array(stageId)
      .optional()
      .describe("The stages that were asked for by name, where some were."),
    fresh: z
      .literal(true)
      .optional()
      .describe("Set where everything is to be run, whatever earlier runs have earned."),
    inferred: z.array(z.strictObject({ what: z.string(), from: z.string() })),
    warnings: z.array(z.string()),
    images: z
      .partialRecord(z.enum(["python", "node", "git"]), z.string())
      .optional()
      .describe("Base images that the config names instead of Gantry's own."),
    certificates: z.string().optional(),
  })
  .describe("Everything that a run will do.");

export type Plan = z.infer<typeof plan>;
export type Trigger = z.infer<typeof trigger>;
export type EventKind = z.infer<typeof eventKind>;
export type Stage = z.infer<typeof stage>;
export type StageId = z.infer<typeof stageId>;
export type Step = z.infer<typeof step>;
export type ExecStep = z.infer<typeof execStep>;
export type BuildImageStep = z.infer<typeof buildImageStep>;
export type ServeStep = z.infer<typeof serveStep>;
export type ProbeStep = z.infer<typeof probeStep>;
export type ProcedureStep = z.infer<typeof procedureStep>;
export type Audit = z.infer<typeof audit>;
export type Report = z.infer<typeof report>;
export type Expectation = z.infer<typeof expectation>;
export type Toolchain = z.infer<typeof toolchain>;
export type PlannedService = z.infer<typeof service>;
