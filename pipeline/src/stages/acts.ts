import type { ProcedureStep } from "../plan/step.ts";
import { onPushTo } from "./conditions.ts";
import { no, type StageDefinition } from "./context.ts";
import { deploySteps } from "./deploy-steps.ts";

/**
 * Deploys and the release, as the plan shows them. They are acts: `ci` never runs them, whatever
 * the plan says, since deploying and releasing always takes its own word.
 */
function act(
  id: "deploy-staging" | "deploy-production",
  environment: string,
  needs: StageDefinition["needs"],
): StageDefinition {
  return {
    id,
    kind: "act",
    needs,
    blocking: () => true,
    decide: (context) => {
      const found = context.config.environments.find(({ name }) => name === environment);
      if (!found) return no(`no environment \`${environment}\` is configured`);
      return found.branch
        ? onPushTo(found.branch, context)
        : no(`\`${environment}\` is deployed by hand only: it has no branch`);
    },
    steps: (context) => {
      const found = context.config.environments.find(({ name }) => name === environment);
      return found ? deploySteps(context, found) : [];
    },
  };
}

export const deployStaging = act("deploy-staging", "staging", ["unit-tests"]);
export const deployProduction = act("deploy-production", "production", [
  "unit-tests",
  "smoke-tests",
]);

export const createRelease: StageDefinition = {
  id: "create-release",
  kind: "act",
  needs: ["deploy-production"],
  blocking: () => true,
  decide: (context) =>
    deployProduction.decide(context).run
      ? onPushTo(context.branches.main, context)
      : no("follows a proven deploy-production"),
  steps: () => [releaseStep],
};

/** What a release is, as the plan shows it. */
export const releaseStep: ProcedureStep = {
  kind: "procedure",
  id: "release",
  title: "the next version, tagged and published",
  needs: [],
  blocking: true,
  timeoutSeconds: 900,
  procedure: "release",
  settings: {},
  secrets: ["GITHUB_TOKEN"],
  tools: {},
  history: true,
  effects: [
    "a tag and a published release with notes and assets, where there is something to release",
    "CHANGELOG.md, by a commit or a pull request",
    "the main branch's commits in develop",
  ],
};
