import { z } from "zod";
import { exception } from "../config/accepted.ts";
import { severities } from "../config/written/security.ts";

const id = z.string().regex(/^[a-z0-9][a-z0-9_./-]*$/i);
const argv = z.tuple([z.string()], z.string()).describe("A command and its arguments.");
export const variables = z.record(z.string(), z.string());
export const seconds = z.number().positive();

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
export const gate = z.strictObject({
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

export type Step = z.infer<typeof step>;
export type ExecStep = z.infer<typeof execStep>;
export type BuildImageStep = z.infer<typeof buildImageStep>;
export type ServeStep = z.infer<typeof serveStep>;
export type ProbeStep = z.infer<typeof probeStep>;
export type ProcedureStep = z.infer<typeof procedureStep>;
export type Audit = z.infer<typeof audit>;
export type Report = z.infer<typeof report>;
export type Expectation = z.infer<typeof expectation>;
