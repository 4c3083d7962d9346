import type { Command, Component, Suite } from "../../config/config.ts";
import type { Report } from "../../plan/step.ts";
import type { PlanContext } from "../context.ts";
import { adaptNodeTest } from "./node-tests.ts";
import { adaptPlaywright } from "./playwright.ts";
import { adaptPytest } from "./pytest.ts";

/** What a known test tool is asked beside the user's own words, so that it leaves reports. */
export interface AdaptedTest {
  readonly argv: Command;
  readonly env?: Readonly<Record<string, string>>;
  readonly leaves: readonly Report[];
  readonly tests: boolean;
  /** The command that runs only what failed; absent where the tool itself runs that again. */
  readonly again?: Command;
}

export interface TestRequest {
  readonly argv: Command;
  readonly suite: Suite;
  readonly component: Component;
  readonly context: PlanContext;
  /** Where the step's artifacts go. */
  readonly artifact: string;
}

/**
 * Lets a test command leave machine-readable reports. `{reports}` stands for a folder that the
 * executor makes for the step, outside the source. An unknown tool runs as it was written.
 */
export function adaptTest(request: TestRequest): AdaptedTest {
  return (
    adaptPytest(request) ??
    adaptNodeTest(request) ??
    adaptPlaywright(request) ?? {
      argv: request.argv,
      leaves: [],
      tests: false,
      again: request.argv,
    }
  );
}

/** Asks a known linter for columns; everything else stays as the user wrote it. */
export function adaptLinter(argv: Command): Command {
  const isMypy = argv[0] === "mypy" || (argv[0] === "uvx" && argv[1]?.startsWith("mypy@"));
  return isMypy && !argv.includes("--show-column-numbers")
    ? [...argv, "--show-column-numbers"]
    : argv;
}
