import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Executed, executeStages, exited } from "../../../test/builders/executor.ts";
import { planned, plannedStep } from "../../../test/builders/plan.ts";
import { auditDocument } from "../../../test/corpora/audits/audits.ts";
import type { Exception } from "../../config/accepted.ts";
import type { Audit, Report } from "../../plan/step.ts";
import type { CollectedReport } from "../executor.ts";

const settings: Audit = {
  file: "web/package-lock.json",
  level: "high",
  development: true,
  required: true,
  accepted: [],
};
type Format = "npm-audit" | "pnpm-audit" | "pip-audit";

function report(format: Format, text: string | undefined): CollectedReport {
  const promised: Report = { format, path: `{reports}/${format}.json`, artifact: `${format}.json` };
  return { report: promised, ...(text === undefined ? { problem: "was not left" } : { text }) };
}

interface End {
  readonly format?: Format;
  readonly exit?: number;
  readonly ended?: "timeout" | "cancelled";
}

/** Runs one audit whose tool left a text and ended with a code. */
function audited(
  text: string | undefined,
  more: Partial<Audit> = {},
  { format = "npm-audit", exit = 1, ended }: End = {},
): Promise<Executed> {
  const left = report(format, text);
  const step = plannedStep("audit", { leaves: [left.report], audit: { ...settings, ...more } });
  return executeStages([planned("security", { steps: [step] })], {
    steps: { audit: exited(exit, { reports: [left], ...(ended && { ended }) }) },
  });
}

const accept = (rule: string, until = "2026-11-23"): Exception => ({
  check: "audit",
  rule,
  reason: "not reachable",
  until,
});
const clean = JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {},
  metadata: { vulnerabilities: { total: 0 }, dependencies: { total: 3, dev: 1 } },
});
const npm = auditDocument("npm");

describe("what is red", () => {
  test.each<[Audit["level"], number]>([
    ["low", 4],
    ["moderate", 3],
    ["high", 2],
    ["critical", 1],
  ])("from %s on", async (level, red) => {
    const { run, step } = await audited(npm, { level });
    expect(run).toMatchObject({ verdict: "failed", exit: 1 });
    const { findings, explanation } = step("audit");
    expect(findings).toHaveLength(4);
    expect(findings.filter(({ severity }) => severity === "error")).toHaveLength(red);
    expect(explanation?.message).toMatch(
      new RegExp(`^${red} known vulnerabilit(y|ies) in what .web/package-lock.json. names$`),
    );
  });

  test("a finding names the place, the advisory, the mend and who said it, the worst first", async () => {
    const { step } = await audited(npm);
    expect(step("audit").findings[0]).toMatchObject({ rule: "GHSA-gggg-hhhh-iiii" });
    expect(step("audit").findings[2]).toEqual({
      file: "web/package-lock.json",
      line: 0,
      rule: "GHSA-dddd-eeee-ffff",
      message: "plain <1.0.0: ReDoS in plain (moderate)",
      mend: "update plain to 1.0.0, which is a new major version",
      severity: "warning",
      tool: "npm audit",
    });
  });

  test("an advisory without a severity is red whatever the level", async () => {
    const text = JSON.stringify({
      dependencies: [{ name: "a", version: "1", vulns: [{ id: "PYSEC-2026-1" }] }],
    });
    const { step } = await audited(text, { level: "critical" }, { format: "pip-audit" });
    expect(step("audit").outcome).toBe("failed");
  });

  test("also where other packages were not asked about: then those are named beside it", async () => {
    const { step } = await audited(auditDocument("pip"), {}, { format: "pip-audit" });
    expect(step("audit").outcome).toBe("failed");
    expect(step("audit").notChecked?.join()).toContain("foo (URL requirements");
  });
});

describe("what passes", () => {
  test("packages were asked about, and nothing is known of them", async () => {
    const { run, step } = await audited(clean, {}, { exit: 0 });
    expect(run).toMatchObject({ verdict: "passed", exit: 0 });
    expect(step("audit").measures).toEqual({ packagesAsked: 3 });
  });

  test("what is below the level is shown, and whatever the tool's exit code says", async () => {
    const accepted = [accept("GHSA-gggg-hhhh-iiii"), accept("1000")];
    const { step } = await audited(npm, { accepted });
    expect(step("audit").outcome).toBe("passed");
    expect(step("audit").findings.map(({ severity }) => severity)).toEqual(
      Array.from({ length: 4 }, () => "warning"),
    );
    expect(step("audit").findings[0]?.message).toContain(
      "(critical); accepted until 2026-11-23: not reachable",
    );
  });
});

test("what is red stands before what is worse and accepted, which asks for nothing", async () => {
  const { step } = await audited(npm, { accepted: [accept("GHSA-gggg-hhhh-iiii")] });
  const [red, ...others] = step("audit").findings;
  expect(red).toMatchObject({ severity: "error", message: expect.stringContaining("(high)") });
  const accepted = others.find(({ rule }) => rule === "GHSA-gggg-hhhh-iiii");
  expect(accepted).toMatchObject({ severity: "warning" });
  expect(accepted?.mend).toBeUndefined();
});

test("an exception that has expired counts for nothing, and says so", async () => {
  const accepted = [accept("GHSA-gggg-hhhh-iiii", "2026-11-22"), accept("GHSA-aaaa-bbbb-cccc")];
  const { step } = await audited(npm, { accepted });
  expect(step("audit").outcome).toBe("failed");
  expect(step("audit").findings[0]?.message).toContain(
    "(critical); it was accepted until 2026-11-22, which is over",
  );
});

describe("what is not checked", () => {
  const cases: [string, string | undefined, { format?: Format; exit?: number }, string][] = [
    ["no document", undefined, { exit: 0 }, "the npm-audit report was not left"],
    ["an empty one", "", { exit: 0 }, "is empty"],
    ["no endpoint", auditDocument("npm-behind-a-mirror"), {}, "405 Method Not Allowed"],
    [
      "every package skipped, exit code 0",
      auditDocument("pip-behind-a-mirror"),
      { format: "pip-audit", exit: 0 },
      "not one package was asked about of 2 that there are: urllib3 (Dependency not found on PyPI",
    ],
    ["no package", '{"dependencies":[]}', { format: "pip-audit", exit: 0 }, "not one package"],
    [
      "only packages that were not asked about",
      JSON.stringify({
        auditReportVersion: 2,
        vulnerabilities: {},
        metadata: { vulnerabilities: { total: 0 }, dependencies: { total: 0, dev: 0 } },
      }),
      { exit: 0 },
      "not one package",
    ],
    ["a clean document and a failed command", clean, { exit: 7 }, "ended with 7"],
  ];
  test.each(cases)("%s", async (_name, text, end, words) => {
    const { run, step } = await audited(text, {}, end);
    expect(run).toMatchObject({ verdict: "unknown", exit: 3 });
    expect(step("audit").outcome).toBe("not-checked");
    expect(step("audit").explanation?.message).toContain(words);
    expect(step("audit").explanation?.mend).toBeTruthy();
  });

  test.each(cases)(
    "%s, where it is not required: passed and named",
    async (_n, text, end, words) => {
      const { run, stage } = await audited(text, { required: false }, end);
      expect(run.verdict).toBe("passed");
      expect(stage("security").notChecked.join()).toContain(words);
      expect(stage("security").notChecked.join()).toContain("web/package-lock.json");
    },
  );

  test("development's packages do not count where they were not asked about", async () => {
    const text = clean.replace('"dev":1', '"dev":3');
    expect((await audited(text, {}, { exit: 0 })).run.verdict).toBe("passed");
    expect((await audited(text, { development: false }, { exit: 0 })).run.verdict).toBe("unknown");
  });

  test("a private package, unless it is accepted by its name", async () => {
    const text = JSON.stringify({
      dependencies: [
        { name: "a", version: "1", vulns: [] },
        { name: "our-lib", skip_reason: "not found" },
      ],
    });
    const end = { format: "pip-audit", exit: 0 } as const;
    expect((await audited(text, {}, end)).step("audit").outcome).toBe("not-checked");
    const accepted = [{ ...accept("not-asked"), package: "our-lib" }];
    expect((await audited(text, { accepted }, end)).step("audit").outcome).toBe("passed");
    const other = [{ ...accept("not-asked"), package: "other" }];
    expect((await audited(text, { accepted: other }, end)).step("audit").outcome).toBe(
      "not-checked",
    );
  });

  test("a command that took too long", async () => {
    const { step } = await audited(undefined, {}, { exit: 124, ended: "timeout" });
    expect(step("audit")).toMatchObject({
      outcome: "not-checked",
      explanation: { message: "no answer within 600 s" },
    });
  });

  test("a cancelled one is cancelled", async () => {
    const { step } = await audited(clean, {}, { exit: 130, ended: "cancelled" });
    expect(step("audit").outcome).toBe("cancelled");
  });

  test("a tool that nobody knows how to ask is not run", async () => {
    const { run, step, executor } = await audited(clean, { lacks: "nobody knows" }, { exit: 0 });
    expect(run.verdict).toBe("unknown");
    expect(step("audit").explanation?.message).toBe("nobody knows");
    expect(executor.calls).not.toContain("run audit");
    const loose = await audited(clean, { lacks: "nobody knows", required: false });
    expect(loose.step("audit")).toMatchObject({ outcome: "passed" });
    expect(loose.stage("security").notChecked.join()).toContain("nobody knows");
  });

  test("what is not asked about is named where the rest passed", async () => {
    const { step, stage } = await audited(clean, { without: "the group b" }, { exit: 0 });
    expect(step("audit")).toMatchObject({ outcome: "passed" });
    expect(stage("security").notChecked.join()).toContain("web/package-lock.json: the group b");
  });

  test("a preparation that failed: nothing is said of the code", async () => {
    const [left] = [report("pip-audit", undefined)];
    const prepare = plannedStep("packages", { audit: settings, early: true });
    const ask = plannedStep("audit", {
      audit: settings,
      needs: ["packages"],
      leaves: left ? [left.report] : [],
    });
    const { run, step } = await executeStages([planned("security", { steps: [prepare, ask] })], {
      steps: { packages: exited(2) },
    });
    expect(run.verdict).toBe("unknown");
    expect(step("packages").explanation?.message).toContain("could not be named (exit 2)");
  });
});

const few = fc.nat({ max: 2 });
const python = fc.record({
  name: fc.string(),
  version: fc.constant("1.0"),
  vulns: fc.option(fc.constant([]), { nil: undefined }),
  skip_reason: fc.option(fc.string(), { nil: undefined }),
});
/** Documents of all three forms in one, most of them well formed, some with an error beside it. */
const nearly = fc
  .record({
    auditReportVersion: fc.constantFrom(2, 2, 1),
    vulnerabilities: fc.constant({}),
    dependencies: fc.array(python, { maxLength: 3 }),
    advisories: fc.constant({}),
    error: fc.constantFrom(undefined, undefined, undefined, "no", {}, { summary: "no" }),
    message: fc.constantFrom(undefined, undefined, undefined, "405 Method Not Allowed"),
    metadata: fc.record({
      vulnerabilities: fc.record({ total: fc.constantFrom(0, 0, 1) }),
      dependencies: fc.record({ total: few, dev: few }),
      totalDependencies: few,
    }),
  })
  .map((value) => JSON.stringify(value));
const texts = [npm, auditDocument("pip"), auditDocument("pnpm"), clean];
const cut = fc
  .constantFrom(...texts)
  .chain((text) => fc.nat({ max: text.length }).map((end) => text.slice(0, end)));
const documents = fc.oneof(fc.string(), fc.json(), cut, { arbitrary: nearly, weight: 6 });

/** Read apart from the code under test: how many packages a document says that it asked about. */
function askedIn(format: Format, text: string): number {
  const read = JSON.parse(text);
  if ("error" in read || "message" in read) return 0;
  if (format === "npm-audit") return read.metadata.dependencies.total;
  if (format === "pnpm-audit") return read.metadata.totalDependencies;
  return read.dependencies.filter((one: object) => !("skip_reason" in one) && "vulns" in one)
    .length;
}

test("whatever the text, only a document that says that somebody was asked passes", async () => {
  const formats = fc.constantFrom<Format>("npm-audit", "pnpm-audit", "pip-audit");
  let passes = 0;
  await fc.assert(
    fc.asyncProperty(formats, documents, fc.constantFrom(0, 1), async (format, text, exit) => {
      const { run, step } = await audited(text, {}, { format, exit });
      if (step("audit").outcome !== "passed") return;
      passes += 1;
      expect(run.verdict).toBe("passed");
      expect(askedIn(format, text)).toBeGreaterThan(0);
    }),
    { numRuns: 2000, seed: 20261123 },
  );
  expect(passes).toBeGreaterThan(20);
}, 60_000);
