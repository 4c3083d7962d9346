import type { Tests } from "../execute/run.ts";
import { describeFailure } from "./failure-text.ts";
import { type Parsed, parsed, unreadable } from "./parsed.ts";
import { createPlacer, type PlaceOptions, type Placer } from "./place.ts";
import { pytestName } from "./pytest-name.ts";
import { mergeReruns } from "./reruns.ts";
import { type TestCase, tally } from "./tally.ts";
import { stripAnsi } from "./text.ts";
import { parseXml, type XmlElement } from "./xml.ts";

/**
 * Reads a JUnit report in the dialects of pytest, vitest, node:test and jest-junit. Errors in a
 * test's set-up, its collection or its whole suite count as failed.
 */
export function parseJunit(text: string, options: PlaceOptions = {}): Parsed<Tests> {
  const document = parseXml(text);
  if (!document.ok) return document;
  const root = document.value;
  if (!isSuite(root)) return unreadable(`it is no JUnit report: its root is <${root.name}>`);
  const context = { place: createPlacer(options), pytest: isPytest(root) };
  const cases = casesOf(root, undefined, context);
  return parsed(tally(context.pytest ? mergeReruns(cases) : cases));
}

interface Context {
  readonly place: Placer;
  readonly pytest: boolean;
}

function isSuite(element: XmlElement): boolean {
  return element.name === "testsuites" || element.name === "testsuite";
}

function isPytest(root: XmlElement): boolean {
  return [root, ...root.children].some((element) =>
    /^pytest(?: tests)?$/.test(element.attributes.get("name") ?? ""),
  );
}

function casesOf(element: XmlElement, suiteFile: string | undefined, context: Context): TestCase[] {
  const file = fileOfSuite(element, context.place) ?? suiteFile;
  return element.children.flatMap((child) => {
    if (child.name === "testcase") return [caseOf(child, file, context)];
    if (isSuite(child)) return casesOf(child, file, context);
    return isProblem(child) ? [suiteProblem(element, child, file, context)] : [];
  });
}

function fileOfSuite(suite: XmlElement, place: Placer): string | undefined {
  return fileAmong([suite.attributes.get("file"), suite.attributes.get("name")], place);
}

/** The first of some values that is a script's or a module's file name. */
function fileAmong(values: readonly (string | undefined)[], place: Placer): string | undefined {
  const file = values.find(
    (value) => value !== undefined && /^\S.*\.(?:[cm]?[jt]sx?|py)$/.test(value),
  );
  return file === undefined ? undefined : place(file);
}

function caseOf(element: XmlElement, suiteFile: string | undefined, context: Context): TestCase {
  const { attributes } = element;
  const className = attributes.get("classname") ?? "";
  const name = attributes.get("name") ?? "";
  const named = context.pytest
    ? pytestName(className, name, context.place)
    : { name, suite: className === name ? undefined : suiteOf(className), file: undefined };
  const stated = fileAmong([attributes.get("file"), className], context.place);
  const problem = element.children.find(isProblem);
  const base = {
    ...named,
    file: stated ?? named.file ?? suiteFile,
    line: statedLine(element, context),
    // A class that another module imports runs there too, and its file stays the first module's.
    identity: `${className}\0${name}`,
    seconds: secondsOf(attributes.get("time")),
  };
  if (problem) return { ...base, ...failed(problem, base, context) };
  if (isSkipped(element)) return { ...base, outcome: "skipped" };
  return { ...base, outcome: "passed", flaky: element.children.some(isFlaky) };
}

/** node:test says `test` for what stands in no suite; vitest names the file. */
function suiteOf(className: string): string | undefined {
  return className === "" || className === "test" || /\.[cm]?[jt]sx?$/.test(className)
    ? undefined
    : className;
}

/** pytest's old family counts lines from 0. */
function statedLine({ attributes }: XmlElement, { pytest }: Context): number | undefined {
  const line = Number.parseInt(attributes.get("line") ?? "", 10);
  return Number.isSafeInteger(line) && line >= 0 ? line + (pytest ? 1 : 0) : undefined;
}

function secondsOf(time: string | undefined): number {
  const seconds = Number.parseFloat((time ?? "").replaceAll(",", ""));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}

function isProblem(element: XmlElement): boolean {
  return element.name === "failure" || element.name === "error";
}

function isFlaky(element: XmlElement): boolean {
  return element.name === "flakyFailure" || element.name === "flakyError";
}

function isSkipped(element: XmlElement): boolean {
  const status = element.attributes.get("status") ?? element.attributes.get("result") ?? "";
  return (
    element.children.some((child) => child.name === "skipped") ||
    /^(?:skipped|disabled|notrun|suppressed|pending)$/i.test(status)
  );
}

type Failed = Pick<TestCase, "message" | "details" | "file" | "line"> & { outcome: "failed" };

function failed(
  problem: XmlElement,
  test: Pick<TestCase, "file" | "line">,
  { place }: Context,
): Failed {
  const details = stripAnsi(problem.text).replaceAll("\r\n", "\n").trim();
  const stated = stripAnsi(problem.attributes.get("message") ?? "");
  return { outcome: "failed", ...describeFailure({ stated, details, ...test }, place) };
}

/** A suite that broke as a whole has no test to show; it counts as one. */
function suiteProblem(
  suite: XmlElement,
  problem: XmlElement,
  file: string | undefined,
  context: Context,
): TestCase {
  const name = suite.attributes.get("name") ?? "(suite)";
  return { name, seconds: 0, ...failed(problem, { file }, context) };
}
