import type { AdoptionFacts } from "../facts.ts";
import type { Block, Page } from "./page.ts";
import { gantryPage } from "./words.ts";

/** docs/BRANCH_STRATEGY.md: which branches there are, how work travels, what protects them. */
export function branchStrategy(facts: AdoptionFacts): Page {
  const { main, develop } = facts.branches;
  return {
    title: "Branches",
    blocks: [
      {
        table: [
          ["branch", "holds", "comes from", "goes to"],
          [
            `\`${main}\``,
            "what is released and in production",
            `\`${develop}\`, \`hotfix/…\``,
            "production",
          ],
          [
            `\`${develop}\``,
            "what comes next",
            "everybody's branches",
            `staging, then \`${main}\``,
          ],
          [
            "`feature/…`, `fix/…`, `chore/…`, `docs/…`, `refactor/…`, `test/…`",
            "one change",
            `\`${develop}\``,
            `\`${develop}\``,
          ],
          [
            "`hotfix/…`",
            "a repair that cannot wait",
            `\`${main}\``,
            `\`${main}\`, and back to \`${develop}\``,
          ],
        ],
      },
      feature(facts),
      releaseFlow(facts),
      hotfix(facts),
      protection(facts),
    ],
  };
}

function feature({ branches }: AdoptionFacts): Block {
  return {
    heading: "A change",
    blocks: [
      {
        code: [
          `git switch ${branches.develop} && git pull`,
          "git switch -c feature/search",
          'git commit -m "feat: search by name"',
          "git push -u origin feature/search",
        ],
      },
      `Open a pull request to \`${branches.develop}\`. Its title is a conventional commit (\`feat: …\`, \`fix(api): …\`, \`feat!: …\` for a breaking change): the next version and the changelog follow from it.`,
    ],
  };
}

function releaseFlow({ branches, gantry }: AdoptionFacts): Block {
  return {
    heading: "A release",
    blocks: [
      {
        steps: [
          `\`gantry release --pr\` opens or refreshes the pull request from \`${branches.develop}\` to \`${branches.main}\`, with the version and the notes to come.`,
          "All checks run, smoke tests too.",
          `Its merge is deployed to production. When the new version is proven there, \`release.yml\` makes the tag and the release, and brings \`${branches.main}\` back to \`${branches.develop}\`.`,
        ],
      },
      `${gantryPage(gantry, "release.md", "How versions are found, and how an interrupted release is finished")}.`,
    ],
  };
}

function hotfix({ branches }: AdoptionFacts): Block {
  return {
    heading: "A hotfix",
    blocks: [
      {
        code: [`git switch ${branches.main} && git pull`, "git switch -c hotfix/login"],
      },
      `The pull request goes to \`${branches.main}\`. After its deploy the repair goes back to \`${branches.develop}\` by itself, or as a pull request where git cannot merge it.`,
    ],
  };
}

function protection({ branches }: AdoptionFacts): Block {
  return {
    heading: "What protects them",
    blocks: [
      {
        table: [
          ["", `\`${branches.main}\``, `\`${branches.develop}\``],
          ["approving reviews", "1, taken back by a new push", "1"],
          [
            "required checks",
            "`code-quality`, `unit-tests`, `smoke-tests`",
            "`code-quality`, `unit-tests`",
          ],
          ["up to date with its base", "yes", "no"],
          ["holds for administrators", "yes", "no"],
          ["linear history", "yes", "no"],
          ["force pushes, deletion", "no", "no"],
        ],
      },
      "Where pull requests are squashed, set the squash commit's title to the pull request's title: else the title that was checked never reaches the history.",
    ],
  };
}
