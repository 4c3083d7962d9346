/**
 * Every code that Gantry can show, with the exit code it ends with.
 * `docs/errors/<code>.md` has a page for each; a test keeps the two lists equal.
 */
export const catalogue = {
  "GANTRY-CONFIG-UNREADABLE": { exit: 2, title: "The config cannot be read" },
  "GANTRY-CONFIG-SYNTAX": { exit: 2, title: "The config is not valid YAML" },
  "GANTRY-CONFIG-DUPLICATE-KEY": { exit: 2, title: "A key stands twice" },
  "GANTRY-CONFIG-UNKNOWN-KEY": { exit: 2, title: "The config has a key that does not exist" },
  "GANTRY-CONFIG-WRONG-TYPE": { exit: 2, title: "A value has the wrong type" },
  "GANTRY-CONFIG-INVALID-VALUE": { exit: 2, title: "A value is not allowed here" },
  "GANTRY-CONFIG-MISSING": { exit: 2, title: "A required key is missing" },
  "GANTRY-CONFIG-REFERENCE": { exit: 2, title: "The config names something that does not exist" },
  "GANTRY-CONFIG-COMMAND": { exit: 2, title: "A command cannot be split into words" },
  "GANTRY-CONFIG-CYCLE": { exit: 2, title: "The config refers to itself" },
  "GANTRY-PLAN-VERSION": { exit: 2, title: "The plan has another version" },
  "GANTRY-PLAN-INVALID": { exit: 2, title: "The plan is not valid" },
  "GANTRY-PLAN-SOURCE": { exit: 2, title: "The plan was made for another source" },
  "GANTRY-USAGE": { exit: 2, title: "The command line is off" },
  "GANTRY-EVENT-INVALID": { exit: 2, title: "The event cannot be used" },
  "GANTRY-NOT-A-REPOSITORY": { exit: 2, title: "Not a folder that Gantry can work on" },
  "GANTRY-INIT-PLACE": { exit: 2, title: "A file cannot be written where it belongs" },
  "GANTRY-MIGRATION-FILE": { exit: 2, title: "The list of what is done cannot be read" },
  "GANTRY-MIGRATION-STEP": { exit: 2, title: "This step cannot be ticked" },
  "GANTRY-RUN-NOT-FOUND": { exit: 2, title: "No such run" },
  "GANTRY-RUN-NAME": { exit: 2, title: "This names no run" },
  "GANTRY-RUN-ARTIFACT": { exit: 2, title: "What the run left on GitHub cannot be had" },
  "GANTRY-RUN-UNFINISHED": { exit: 3, title: "The run has not ended yet" },
  "GANTRY-RELEASE-SHALLOW": { exit: 2, title: "The clone is shallow" },
  "GANTRY-RELEASE-TAG": { exit: 2, title: "The tag stands on another commit" },
  "GANTRY-RELEASE-IMMUTABLE": { exit: 2, title: "The release cannot be changed any more" },
  "GANTRY-RELEASE-BRANCH": { exit: 2, title: "This branch is not released" },
  "GANTRY-RELEASE-UNFINISHED": { exit: 3, title: "A step of the release is not done" },
  "GANTRY-GIT-FAILED": { exit: 3, title: "git did not do its work" },
  "GANTRY-TOOL-MISSING": { exit: 3, title: "A tool is missing and cannot be installed" },
  "GANTRY-DISK": { exit: 3, title: "The disk is full or cannot be written" },
  "GANTRY-ENGINE-UNREACHABLE": { exit: 3, title: "No Dagger engine answers" },
  "GANTRY-LOCAL-DAEMON": { exit: 3, title: "A local environment does not do what it is asked" },
  "GANTRY-LOCAL-IN-DAGGER": { exit: 2, title: "A local environment is the host's" },
  "GANTRY-DOTENV-INTERFERES": { exit: 2, title: "A .env file would set Dagger's arguments" },
  "GANTRY-GITHUB-TOKEN": { exit: 2, title: "No token or repository to ask GitHub with" },
  "GANTRY-GITHUB-PERMISSION": { exit: 2, title: "The token may not do this on GitHub" },
  "GANTRY-GITHUB-FAILED": { exit: 3, title: "GitHub did not do what it was asked" },
  "GANTRY-REF-UNKNOWN": { exit: 2, title: "No such commit, tag or branch" },
  "GANTRY-UNCOMMITTED": { exit: 2, title: "There are changes that are not committed" },
  "GANTRY-ENVIRONMENT-UNKNOWN": { exit: 2, title: "No such environment" },
  "GANTRY-DEPLOY-TOKEN": { exit: 2, title: "The provider's token is missing" },
  "GANTRY-ROLLBACK-TARGET": { exit: 2, title: "There is nothing to go back to" },
  "GANTRY-PROMOTION": { exit: 2, title: "Nothing can be promoted" },
  "GANTRY-PROVIDER": { exit: 3, title: "The provider gives no answer" },
  "GANTRY-UPDATES-BASE": { exit: 2, title: "The base is not the one on GitHub" },
  "GANTRY-UPDATES-REQUEST": { exit: 3, title: "The update request is not in order" },
  "GANTRY-RECORD": { exit: 3, title: "The deployment record cannot be read or written" },
} as const satisfies Record<string, { readonly exit: 2 | 3; readonly title: string }>;

export type ErrorCode = keyof typeof catalogue;

/** The exit code that a list of problems ends with: the world's failure is louder than a wrong word. */
export function exitOf(problems: readonly { readonly code: ErrorCode }[]): 2 | 3 {
  return problems.some((problem) => catalogue[problem.code].exit === 3) ? 3 : 2;
}
