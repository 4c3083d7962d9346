import { onMainline } from "./conditions.ts";
import { no, type StageDefinition } from "./context.ts";
import { coverageUpload } from "./coverage-upload.ts";
import { narrowed } from "./narrow.ts";
import { componentsWith, testSteps } from "./test-steps.ts";

/** The unit tests of every component, with the coverage gate. */
export const unitTests: StageDefinition = {
  id: "unit-tests",
  kind: "check",
  needs: ["code-quality"],
  blocking: (context) => {
    const components = componentsWith(context, "unit");
    return components.length === 0 || components.some(({ tests }) => tests.unit?.blocking);
  },
  decide: (context) =>
    componentsWith(context, "unit").length > 0 ? onMainline(context) : no("no tests were found"),
  steps: (context) => {
    const steps = narrowed(testSteps(context, "unit", "unit-tests"), context);
    return [...steps, ...coverageUpload(context, steps)];
  },
  coverage: ({ config }) => config.coverage,
};
