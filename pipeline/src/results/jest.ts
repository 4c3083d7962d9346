import { z } from "zod";
import type { Tests } from "../execute/run.ts";
import { describeFailure } from "./failure-text.ts";
import { readJsonAs } from "./json.ts";
import { type Parsed, parsed } from "./parsed.ts";
import { createPlacer, type PlaceOptions, type Placer } from "./place.ts";
import { type TestCase, tally } from "./tally.ts";
import { stripAnsi } from "./text.ts";

/** The part of jest's `--json` that is read; vitest's json reporter writes the same. */
const assertion = z.object({
  title: z.string(),
  ancestorTitles: z.array(z.string()).default([]),
  status: z.string(),
  duration: z.number().nullish(),
  failureMessages: z.array(z.string()).nullish(),
  invocations: z.number().nullish(),
  location: z.object({ line: z.number() }).nullish(),
});

const suite = z.object({
  name: z.string(),
  status: z.string(),
  message: z.string().nullish(),
  assertionResults: z.array(assertion),
});

const results = z.object({ testResults: z.array(suite) });

/** Reads what jest writes with `--json`. A file that could not be run counts as one failed test. */
export function parseJest(text: string, options: PlaceOptions = {}): Parsed<Tests> {
  const read = readJsonAs(results, text, "jest's results");
  if (!read.ok) return read;
  const place = createPlacer(options);
  return parsed(tally(read.value.testResults.flatMap((result) => casesOf(result, place))));
}

function casesOf(result: z.infer<typeof suite>, place: Placer): TestCase[] {
  const file = place(result.name);
  const cases = result.assertionResults.map((test) => caseOf(test, file, place));
  const broken = result.status === "failed" && cases.every((test) => test.outcome !== "failed");
  return broken ? [...cases, brokenFile(result, file, place)] : cases;
}

function caseOf(
  test: z.infer<typeof assertion>,
  file: string | undefined,
  place: Placer,
): TestCase {
  const messages = test.failureMessages ?? [];
  const base = {
    name: test.title,
    ...(test.ancestorTitles.length > 0 ? { suite: test.ancestorTitles.join(" > ") } : {}),
    file,
    line: test.location?.line,
    seconds: (test.duration ?? 0) / 1000,
  };
  if (test.status === "passed") {
    const flaky = messages.length > 0 || (test.invocations ?? 1) > 1;
    return { ...base, outcome: "passed", flaky };
  }
  if (test.status !== "failed") return { ...base, outcome: "skipped" };
  return { ...base, outcome: "failed", ...failureOf(messages.join("\n\n"), base, place) };
}

function brokenFile(
  result: z.infer<typeof suite>,
  file: string | undefined,
  place: Placer,
): TestCase {
  const text = (result.message ?? "").replace(/^\s*● Test suite failed to run\s*/, "");
  return {
    name: file ?? result.name,
    seconds: 0,
    outcome: "failed",
    ...failureOf(text, { file }, place),
  };
}

function failureOf(
  text: string,
  test: { readonly file?: string | undefined; readonly line?: number | undefined },
  place: Placer,
): ReturnType<typeof describeFailure> {
  const details = stripAnsi(text).trim();
  return describeFailure({ stated: "", details, file: test.file, line: test.line }, place);
}
