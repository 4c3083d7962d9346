import type { Command } from "../../config/config.ts";
import { folderOf } from "../../config/survey.ts";
import type { Report } from "../../plan/step.ts";
import type { AdaptedTest, TestRequest } from "./adapt.ts";
import { nodeCall } from "./node-call.ts";

/** Has vitest or jest leave reports, called by itself or through a package's simple script. */
export function adaptNodeTest(request: TestRequest): AdaptedTest | undefined {
  const called = nodeCall(request);
  if (!called || called.tool === "playwright") return undefined;
  const options = called.tool === "vitest" ? vitestOptions(request) : jestOptions(request);
  const argv: Command = [...request.argv, ...called.separator, ...options.words];
  return { argv, leaves: options.leaves, tests: true, again: argv };
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
