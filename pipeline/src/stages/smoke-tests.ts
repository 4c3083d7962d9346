import type { Step } from "../plan/step.ts";
import { applicationSteps, imageBuildStep } from "./application-steps.ts";
import { onMain } from "./conditions.ts";
import { no, type PlanContext, type StageDefinition } from "./context.ts";
import { componentsWith, testSteps } from "./test-steps.ts";

/** Validation tests, the image, and the started application asked from outside. */
export const smokeTests: StageDefinition = {
  id: "smoke-tests",
  kind: "check",
  needs: ["unit-tests"],
  blocking: ({ config }) =>
    config.image?.blocking !== false || config.components.some((c) => c.tests.smoke),
  decide: (context) =>
    context.config.image || componentsWith(context, "smoke").length > 0
      ? onMain(context)
      : no("no image and no smoke tests are configured"),
  steps: (context) => {
    const tests = testSteps(context, "smoke", "smoke-tests");
    return [...tests, ...imageSteps(tests, context)];
  },
};

/** An image of which nothing is asked is built, and not started. */
function imageSteps(tests: readonly Step[], context: PlanContext): Step[] {
  const { image } = context.config;
  if (!image) return [];
  const asked = image.health || image.endpoints.length > 0;
  return asked ? applicationSteps(image, tests, context) : [imageBuildStep(image)];
}
