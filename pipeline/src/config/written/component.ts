import { z } from "zod";
import {
  commands,
  duration,
  environment,
  line,
  name,
  relativePath,
  variable,
  version,
} from "./basics.ts";

// A part of the repository: how it is checked and tested.

const coverage = z.strictObject({
  source: relativePath.optional().describe("The folder or package that is measured."),
  minimum: z.number().min(0).max(100).optional().describe("Percent of lines and branches (70)."),
});

export const suite = z
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

export const component = z
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
        z.enum(["unit", "integration", "smoke", "e2e", "deployed", "extended"]),
        z.union([suite, z.literal(false)]),
      )
      .optional()
      .describe("Test suites by kind."),
    env: environment.optional(),
    envFile: relativePath.optional().describe("A file of variables for the tests, in `.env` form."),
    history: z.boolean().optional().describe("Whether its commands need git's history."),
    inputs: z
      .array(relativePath)
      .min(1)
      .optional()
      .describe(
        "The only files and folders that its quality checks, unit and integration tests see, from the repository's root (the whole source). A change elsewhere does not run them again. What they do not see they do not check, so name the settings of the tools as well. With `history` they see everything.",
      ),
  })
  .describe("A part of the repository with one toolchain.");
