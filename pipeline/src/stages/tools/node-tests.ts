import type { Command, Component } from "../../config/config.ts";
import { type Manifest, readManifest } from "../../config/infer/node/manifest.ts";
import { folderOf } from "../../config/survey.ts";
import type { Report } from "../../plan/plan.ts";
import type { PlanContext } from "../context.ts";
import type { AdaptedTest, TestRequest } from "./adapt.ts";

const operators = /&&|\|\||[;|<>]/;

/** Has vitest or jest leave reports, called by itself or through a package's simple script. */
export function adaptNodeTest(request: TestRequest): AdaptedTest | undefined {
  const called = callOf(request);
  if (!called) return undefined;
  const options = called.tool === "vitest" ? vitestOptions(request) : jestOptions(request);
  const argv: Command = [...request.argv, ...called.separator, ...options.words];
  return { argv, leaves: options.leaves, tests: true, again: argv };
}

interface Call {
  readonly tool: "vitest" | "jest";
  /** What must stand between the user's words and ours for ours to reach the tool. */
  readonly separator: readonly string[];
}

function callOf({ argv, component, context }: TestRequest): Call | undefined {
  const [program, ...rest] = argv;
  const direct = /^(npx|exec|dlx)$/.test(rest[0] ?? program) ? (rest[1] ?? rest[0]) : program;
  if (direct === "vitest" || direct === "jest") return { tool: direct, separator: [] };
  const script = scriptName(argv);
  const tool = script && toolOf(scriptsOf(component, context), script);
  return tool ? { tool, separator: program === "npm" ? ["--"] : [] } : undefined;
}

function scriptName([program, ...rest]: Command): string | undefined {
  if (program !== "npm" && program !== "pnpm" && program !== "yarn") return undefined;
  if (rest.length === 1 && (rest[0] === "test" || rest[0] === "t")) return "test";
  return rest.length === 2 && rest[0] === "run" ? rest[1] : undefined;
}

function scriptsOf(component: Component, { survey }: PlanContext): Manifest["scripts"] {
  const read = readManifest(folderOf(survey, component.path).text("package.json") ?? "{}");
  return read.ok ? read.manifest.scripts : {};
}

/** The tool that a script ends in, if words added to the script's end reach that tool. */
function toolOf(
  scripts: Manifest["scripts"],
  name: string,
  seen: readonly string[] = [],
): Call["tool"] | undefined {
  const text = scripts[name]?.trim();
  if (!text || operators.test(text) || seen.includes(name)) return undefined;
  const tool = /^(?:cross-env(?:\s+\w+=\S+)*\s+)?(vitest|jest)(\s|$)/.exec(text)?.[1];
  if (tool === "vitest" || tool === "jest") return tool;
  // `npm run test -- --coverage` hands on what follows; without its `--` npm keeps options itself.
  const other =
    /^npm (?:run )?([\w:-]+) --(?:\s|$)/.exec(text) ??
    /^(?:pnpm|yarn) (?:run )?([\w:-]+)(?:\s|$)/.exec(text);
  return other ? toolOf(scripts, other[1] as string, [...seen, name]) : undefined;
}

interface Options {
  readonly words: string[];
  readonly leaves: Report[];
}

function vitestOptions(request: TestRequest): Options {
  const { artifact } = request;
  const measured = measures(request, /@vitest\/coverage-/);
  return {
    words: [
      "--reporter=default",
      "--reporter=junit",
      "--outputFile.junit={reports}/vitest-report.xml",
      ...(measured
        ? [
            "--coverage.enabled",
            "--coverage.reporter=cobertura",
            "--coverage.reporter=html",
            "--coverage.reporter=text-summary",
            "--coverage.reportsDirectory={reports}/coverage",
          ]
        : []),
    ],
    leaves: [
      {
        format: "junit",
        path: "{reports}/vitest-report.xml",
        artifact: `${artifact}/vitest-report.xml`,
      },
      ...(measured ? coverageLeaves("coverage/cobertura-coverage.xml", artifact) : []),
    ],
  };
}

function jestOptions(request: TestRequest): Options {
  const { artifact } = request;
  const measured = measures(request, /"jest"\s*:/);
  return {
    words: [
      "--json",
      "--outputFile={reports}/jest.json",
      ...(measured
        ? [
            "--coverage",
            "--coverageReporters=cobertura",
            "--coverageReporters=text-summary",
            "--coverageDirectory={reports}/coverage",
          ]
        : []),
    ],
    leaves: [
      { format: "jest", path: "{reports}/jest.json", artifact: `${artifact}/jest.json` },
      ...(measured ? coverageLeaves("coverage/cobertura-coverage.xml", artifact) : []),
    ],
  };
}

/**
 * Measuring can change a verdict (jest's own thresholds count only then), so it is asked for only
 * where a person configured the pipeline and the package brings what measures.
 */
function measures({ suite, component, context }: TestRequest, brings: RegExp): boolean {
  if (!suite.coverage || context.config.origin === "inferred") return false;
  return brings.test(folderOf(context.survey, component.path).text("package.json") ?? "");
}

function coverageLeaves(path: string, artifact: string): Report[] {
  return [
    { format: "cobertura", path: `{reports}/${path}`, artifact: `${artifact}/coverage.xml` },
    { format: "folder", path: "{reports}/coverage", artifact: `${artifact}/htmlcov` },
  ];
}
