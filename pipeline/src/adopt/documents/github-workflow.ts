import type { AdoptionFacts } from "../facts.ts";
import { usualSchedule } from "../workflows/dependency-updates.ts";
import type { Block, Page } from "./page.ts";
import { daggerWords, gantryPage } from "./words.ts";

/** docs/GITHUB_WORKFLOW.md: overview, developer guide, deployment guide, maintenance. */
export function githubWorkflow(facts: AdoptionFacts): Page {
  return {
    title: "From a branch to production",
    blocks: [overview(facts), developers(facts), deployments(facts), maintenance(facts)],
  };
}

function overview(facts: AdoptionFacts): Block {
  const { main, develop } = facts.branches;
  return {
    heading: "Overview",
    blocks: [
      `Work goes to \`${develop}\`, releases go to \`${main}\`: [BRANCH_STRATEGY.md](BRANCH_STRATEGY.md). What is checked, and how, stands in [gantry.yaml](../gantry.yaml); the workflows only call it.`,
      {
        table: [
          ["workflow", "starts", "does"],
          [
            "`ci-cd.yml`",
            `pushes to \`${main}\` and \`${develop}\`, pull requests to either, the merge queue`,
            "every check on one engine, a required check for each stage, then deploys and the release",
          ],
          [
            "`pr-validation.yml`",
            "a pull request is opened, changed, reopened, or its title edited",
            "`pr-checks`: title, branch name, files, merge, secrets",
          ],
          [
            "`release.yml`",
            "after a proven deploy to production; by hand",
            "tag, release, changelog; finishes what was interrupted",
          ],
          [
            "`dependency-updates.yml`",
            `${startOf(facts)}; by hand`,
            "newer dependencies, tested, in one pull request",
          ],
        ],
      },
      {
        table: [
          ["stage", "runs on", "blocks"],
          ["`code-quality`", `pushes and pull requests to \`${main}\` and \`${develop}\``, "yes"],
          ["`unit-tests`", "the same, after code-quality", "yes"],
          ["`integration-tests`", `pushes to \`${develop}\`, pull requests`, "no"],
          ["`smoke-tests`", `pushes and pull requests to \`${main}\``, "yes"],
          ...(facts.security ? [securityRow(facts)] : []),
          ...(facts.e2e
            ? [["`e2e-tests`", `pull requests to \`${main}\``, "where gantry.yaml says so"]]
            : []),
          ["`deploy-staging`", `pushes to \`${develop}\`, where staging is configured`, "yes"],
          ["`deploy-production`", `pushes to \`${main}\`, where production is configured`, "yes"],
          ["`create-release`", "after a proven deploy to production", "yes"],
        ],
      },
      `\`gantry plan --event push --branch ${main}\` shows what a push would run, and why the rest would not.`,
    ],
  };
}

function securityRow({ branches: { main, develop } }: AdoptionFacts): string[] {
  const when = `pushes and pull requests to \`${main}\` and \`${develop}\`, and weekly`;
  return ["`security`", when, "yes, from the level in gantry.yaml on"];
}

function startOf({ updates }: AdoptionFacts): string {
  if (updates.schedule === usualSchedule) return "Mondays at 9:00 UTC";
  return "when `dependencies.schedule` says";
}

function developers(facts: AdoptionFacts): Block {
  return {
    heading: "Developer guide",
    blocks: [
      {
        heading: "Before a pull request",
        blocks: [
          {
            code: [
              "gantry ci                 # the checks, as GitHub runs them",
              "gantry pr-checks          # what is asked of the pull request itself",
              `${daggerWords(facts, "ci").padEnd(25)} # the same in containers, where there is an engine`,
            ],
          },
        ],
      },
      {
        heading: "The pull request",
        blocks: [
          {
            steps: [
              `Push a branch with a name such as \`feature/search\` and open a pull request to \`${facts.branches.develop}\`.`,
              "Give it a title that is a conventional commit; editing the title checks it again.",
              "Read what is red in the comment on the pull request: every finding says what mends it, every failed test how to run it alone. Every push brings that one comment up to date.",
              "Answer reviews with further commits. A new push ends the older run.",
              "Merge when the required checks are green and somebody has approved.",
            ],
          },
          "A fork's pull request runs the same checks without any secret; tests that need one are skipped by name. GitHub lets its token only read, so the words of the comment stand in the summary of the job `comment`.",
        ],
      },
    ],
  };
}

function deployments(facts: AdoptionFacts): Block {
  const { gantry, environments, branches } = facts;
  return {
    heading: "Deployment guide",
    blocks: [
      environments.length === 0
        ? "No environment is configured yet, so nothing is deployed: `deploy-staging` and `deploy-production` are shown as skipped. An `environments:` table in gantry.yaml changes that."
        : {
            table: [
              ["environment", "deployed by a push to", "address"],
              ...environments.map(({ name, branch, url }) => [
                `\`${name}\``,
                branch ? `\`${branch}\`` : "nothing; by hand",
                url ?? "",
              ]),
            ],
          },
      {
        heading: "By itself",
        blocks: [
          `A push to \`${branches.develop}\` goes to staging, one to \`${branches.main}\` to production, when everything that the deploy needs was green. A deploy is done when the new version has proven itself: right version, healthy several times in a row, its tests passed. Else the version before comes back.`,
        ],
      },
      {
        heading: "By hand",
        blocks: [
          {
            code: [
              "gantry status   --env production",
              "gantry deploy   --env production --ref v1.2.0",
              "gantry promote  --from staging --to production",
              "gantry rollback --env production",
            ],
          },
        ],
      },
      {
        heading: "When something is wrong",
        blocks: [
          {
            table: [
              ["what is seen", "what to do"],
              [
                "a check is red",
                "the pull request's comment, or the job's summary; the artifact `test-results` has logs and report.html",
              ],
              [
                "`verdict unknown`",
                "the world failed (network, provider, engine): start the job again",
              ],
              [
                "a deploy failed, the old version serves",
                "read the incident or the artifact `deploy-production`; nothing has to be rolled back",
              ],
              [
                "a deploy job was cancelled",
                "start it again: it picks up what was left and brings it to its end first",
              ],
              [
                "a release is half done",
                "start `release.yml` by hand: what is there stays, what is missing is made",
              ],
            ],
          },
          `More: ${gantryPage(gantry, "DEPLOYMENT_GUIDE.md", "deploying")}, ${gantryPage(gantry, "ROLLBACK_PROCEDURES.md", "going back")}, ${gantryPage(gantry, "DEPLOYMENT_CHECKLIST.md", "before and after a deploy")}.`,
        ],
      },
    ],
  };
}

function maintenance(facts: AdoptionFacts): Block {
  const { gantry, secrets } = facts;
  return {
    heading: "Maintenance",
    blocks: [
      {
        heading: "Workflows",
        blocks: [
          "They are generated. `gantry init` shows how they differ from what it would write; `gantry init --force .github/workflows/ci-cd.yml` takes the new text. Actions are pinned by commit; Gantry's next version brings the next pins.",
        ],
      },
      {
        heading: "Secrets",
        blocks: [
          "Secrets of the checks belong to GitHub's environment `checks`, those of a deploy to the environment with its name (`staging`, `production`), where no other job can read them.",
          secrets.length === 0
            ? "gantry.yaml names none yet."
            : {
                table: [
                  ["secret", "needed"],
                  ...secrets.map(({ name, optional }) => [
                    `\`${name}\``,
                    optional ? "optional" : "yes",
                  ]),
                ],
              },
          `\`gantry secrets check\` says which are missing and which are due for renewal${gantry.kind === "unknown" ? "" : ` (${gantryPage(gantry, "secrets.md", "more")})`}.`,
        ],
      },
      {
        heading: "Numbers",
        blocks: [
          "Every run leaves the artifact `workflow-metrics`: `metrics.txt` (duration of the build, coverage, time of the deploy) and `state.json`, its state.",
        ],
      },
    ],
  };
}
