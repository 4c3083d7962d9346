import { no, type StageDefinition } from "./context.ts";

/**
 * Stages of the table that this version does not have yet. The plan lists them, so that nobody
 * takes their silence for a green; branch protection must not require them.
 */
function notBuilt(
  id: StageDefinition["id"],
  needs: StageDefinition["needs"],
  blocking: boolean,
): StageDefinition {
  return {
    id,
    kind: "check",
    needs,
    blocking: () => blocking,
    decide: () => no("this version of Gantry does not have this stage yet"),
    steps: () => [],
  };
}

export const e2eTests = notBuilt("e2e-tests", ["smoke-tests"], false);
export const performanceTests = notBuilt("performance-tests", ["deploy-staging"], false);
