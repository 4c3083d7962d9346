import { z } from "zod";
import type { Tests } from "../execute/run.ts";
import { describeFailure } from "./failure-text.ts";
import { readJsonAs } from "./json.ts";
import { type Parsed, parsed } from "./parsed.ts";
import { createPlacer, type PlaceOptions, type Placer } from "./place.ts";
import { type TestCase, tally } from "./tally.ts";
import { stripAnsi } from "./text.ts";

/** The part of Playwright's `json` reporter that is read; older and newer versions write the same. */
const problem = z.object({ message: z.string().nullish(), stack: z.string().nullish() });
const result = z.object({ duration: z.number().default(0), errors: z.array(problem).default([]) });
const projectTest = z.object({
  projectName: z.string().nullish(),
  status: z.enum(["expected", "unexpected", "flaky", "skipped"]),
  results: z.array(result),
});
const spec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  tests: z.array(projectTest),
});
const suite = z.object({
  title: z.string(),
  file: z.string().nullish(),
  specs: z.array(spec).default([]),
  get suites() {
    return z.array(suite).default([]);
  },
});
const problemOutside = problem.extend({
  location: z.object({ file: z.string(), line: z.number() }).nullish(),
});
const document = z.object({
  config: z.object({ rootDir: z.string() }),
  suites: z.array(suite),
  errors: z.array(problemOutside).default([]),
});

/**
 * Reads what Playwright's `json` reporter leaves. It tells a flaky test in every version, which its
 * JUnit report does not. An error outside of any test, as in a file that cannot be loaded, counts
 * as one failed test.
 */
export function parsePlaywright(text: string, options: PlaceOptions = {}): Parsed<Tests> {
  const read = readJsonAs(document, text, "Playwright's results");
  if (!read.ok) return read;
  const { config, suites, errors } = read.value;
  const place = createPlacer(options);
  const context = { root: config.rootDir, place };
  const outside = errors.filter(({ message }) => !/^Error: No tests found/.test(message ?? ""));
  return parsed(
    tally([
      ...suites.flatMap((one) => casesOf(one, [], context)),
      ...outside.map((error) => brokenOutside(error, place)),
    ]),
  );
}

interface Context {
  /** The folder that the report's file names are relative to. */
  readonly root: string;
  readonly place: Placer;
}

/** The outermost suite is the file itself. */
function casesOf(
  one: z.infer<typeof suite>,
  above: readonly string[],
  context: Context,
): TestCase[] {
  const titles = one.title === one.file || one.title === "" ? above : [...above, one.title];
  return [
    ...one.specs.flatMap((each) => each.tests.map((test) => caseOf(each, test, titles, context))),
    ...one.suites.flatMap((inner) => casesOf(inner, titles, context)),
  ];
}

function caseOf(
  { title, file, line }: z.infer<typeof spec>,
  { projectName, status, results }: z.infer<typeof projectTest>,
  titles: readonly string[],
  { root, place }: Context,
): TestCase {
  const base = {
    name: projectName ? `${title} [${projectName}]` : title,
    ...(titles.length > 0 && { suite: titles.join(" > ") }),
    file: place(`${root}/${file}`),
    line,
    seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
  };
  if (status === "skipped") return { ...base, outcome: "skipped" };
  if (status !== "unexpected") return { ...base, outcome: "passed", flaky: status === "flaky" };
  return { ...base, outcome: "failed", ...failureOf(results.at(-1)?.errors ?? [], base, place) };
}

function brokenOutside(
  { location, ...error }: z.infer<typeof problemOutside>,
  place: Placer,
): TestCase {
  const file = location ? place(location.file) : undefined;
  const name = file ?? "(outside of every test)";
  const at = { file, line: location?.line };
  return { name, seconds: 0, outcome: "failed", ...at, ...failureOf([error], at, place) };
}

function failureOf(
  errors: readonly z.infer<typeof problem>[],
  test: { readonly file: string | undefined; readonly line: number | undefined },
  place: Placer,
): ReturnType<typeof describeFailure> {
  const texts = errors.map(({ message, stack }) => message || stack || "");
  const details = stripAnsi(texts.join("\n\n")).trim();
  return describeFailure({ stated: "", details, ...test }, place);
}
