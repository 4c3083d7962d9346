import type { AdaptedTest, TestRequest } from "./adapt.ts";
import { nodeCall } from "./node-call.ts";

const options = {
  reporter: "--reporter=list,json,junit,html",
  output: "--output={reports}/results",
  trace: "--trace=retain-on-failure",
};

/**
 * Has `playwright test` leave its results, its report as a page and what it keeps of failures in
 * the step's own folder, without a change in the user's config. It runs failed tests again itself.
 */
export function adaptPlaywright(request: TestRequest): AdaptedTest | undefined {
  const called = nodeCall(request);
  if (called?.tool !== "playwright") return undefined;
  const { argv, artifact } = request;
  return {
    argv: [...argv, ...called.separator, ...wordsFor(request)],
    env: {
      PLAYWRIGHT_JSON_OUTPUT_FILE: "{reports}/report.json",
      PLAYWRIGHT_JUNIT_OUTPUT_FILE: "{reports}/junit.xml",
      PLAYWRIGHT_JUNIT_INCLUDE_RETRIES: "1",
      PLAYWRIGHT_HTML_OUTPUT_DIR: "{reports}/html",
      PLAYWRIGHT_HTML_OPEN: "never",
    },
    leaves: [
      { format: "playwright", path: "{reports}/report.json", artifact: `${artifact}/report.json` },
      { format: "folder", path: "{reports}/html", artifact: `${artifact}/html` },
      { format: "folder", path: "{reports}/results", artifact: `${artifact}/results` },
    ],
    tests: true,
  };
}

/** Where nobody wrote a gantry.yaml, how often it tries again stays the config's own word. */
function wordsFor({ argv, suite, context }: TestRequest): string[] {
  const says = (option: string): boolean =>
    argv.some((word) => word === option || word.startsWith(`${option}=`));
  return [
    options.reporter,
    options.output,
    ...(says("--trace") ? [] : [options.trace]),
    ...(says("--retries") || context.config.origin === "inferred"
      ? []
      : [`--retries=${suite.retries}`]),
  ];
}
