import { onDevelopOrPullRequest } from "./conditions.ts";
import { no, type StageDefinition } from "./context.ts";
import { narrowed } from "./narrow.ts";
import { componentsWith, testSteps } from "./test-steps.ts";

/** Tests against real services and keys: shown as they are, blocking only where asked for. */
export const integrationTests: StageDefinition = {
  id: "integration-tests",
  kind: "check",
  needs: ["code-quality"],
  blocking: (context) =>
    componentsWith(context, "integration").some((c) => c.tests.integration?.blocking),
  decide: (context) =>
    componentsWith(context, "integration").length > 0
      ? onDevelopOrPullRequest(context)
      : no("no integration tests were found"),
  steps: (context) => narrowed(testSteps(context, "integration", "integration-tests"), context),
};
