import { no, type StageDefinition } from "./context.ts";

/**
 * A stage of the table that this version does not have yet. The plan lists it, so that nobody
 * takes its silence for a green; branch protection must not require it.
 */
export const performanceTests: StageDefinition = {
  id: "performance-tests",
  kind: "check",
  needs: ["deploy-staging"],
  blocking: () => false,
  decide: () => no("this version of Gantry does not have this stage yet"),
  steps: () => [],
};
