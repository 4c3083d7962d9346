import type { Image } from "../config/config.ts";
import type { Step } from "../plan/step.ts";
import { applicationName, applicationSteps } from "./application-steps.ts";
import { withBrowsers } from "./browsers.ts";
import { onPullRequestToMain } from "./conditions.ts";
import { no, type PlanContext, type StageDefinition } from "./context.ts";
import { componentsWith, runsSuite, testSteps } from "./test-steps.ts";

/** Tests of the started application as a whole, as its users meet it: in a browser, mostly. */
export const e2eTests: StageDefinition = {
  id: "e2e-tests",
  kind: "check",
  needs: ["smoke-tests"],
  blocking,
  decide: (context) => {
    if (componentsWith(context, "e2e").length === 0)
      return no("no end-to-end tests are configured");
    // They fetch browsers and take long: nobody gets them who has not heard of Gantry's stages.
    return context.config.origin === "file" || context.trigger.event === "manual"
      ? onPullRequestToMain(context)
      : no("end-to-end tests were found; without a gantry.yaml they run by name only");
  },
  steps: (context) => {
    const tests = withBrowsers(testSteps(context, "e2e", "e2e-tests"), context);
    const { image } = context.config;
    const all = image ? withApplication(image, tests, context) : tests;
    // What only prepares must not outweigh a suite that is shown as it is.
    return all.map((step) =>
      runsSuite(step, "e2e") ? step : { ...step, blocking: blocking(context) },
    );
  },
};

function blocking(context: PlanContext): boolean {
  return componentsWith(context, "e2e").some(({ tests }) => tests.e2e?.blocking);
}

/** The suites ask the application once it is well. */
function withApplication(image: Image, tests: readonly Step[], context: PlanContext): Step[] {
  const application = applicationSteps(image, tests, context);
  const well = application.at(-1)?.id as string;
  const asking = tests.map((step) =>
    runsSuite(step, "e2e")
      ? { ...step, needs: [...step.needs, well], asks: applicationName }
      : step,
  );
  return [...application, ...asking];
}
