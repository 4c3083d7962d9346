import type { AdoptionFacts } from "../facts.ts";
import type { Page } from "./page.ts";
import { daggerWords } from "./words.ts";

/** CONTRIBUTING.md, where there is none. */
export function contributing(facts: AdoptionFacts): Page {
  return {
    title: "Contributing",
    blocks: [
      {
        steps: [
          `Branch from \`${facts.branches.develop}\`: \`feature/…\`, \`fix/…\`, \`docs/…\`, \`chore/…\`, \`refactor/…\` or \`test/…\` ([why](docs/BRANCH_STRATEGY.md)).`,
          "Change one thing, with its tests.",
          `Check it: \`gantry ci\`, or \`${daggerWords(facts, "ci")}\` where there is a container engine.`,
          `Open a pull request to \`${facts.branches.develop}\` with a title like \`feat: search by name\` ([how it goes on](docs/GITHUB_WORKFLOW.md)).`,
        ],
      },
      {
        heading: "Commits",
        blocks: [
          "Messages follow [Conventional Commits](https://www.conventionalcommits.org): the version and the changelog are made from them.",
          {
            table: [
              ["begins with", "for", "version"],
              ["`feat:`", "something new", "minor"],
              ["`fix:`, `perf:`", "something mended or faster", "patch"],
              ["`feat!:`, `BREAKING CHANGE:`", "what users have to change for", "major"],
              ["`docs:`, `test:`, `refactor:`, `chore:`, `ci:`", "what users do not see", "none"],
            ],
          },
        ],
      },
    ],
  };
}
