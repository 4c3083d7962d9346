import type { Config } from "../config/config.ts";
import type { AdoptionFacts } from "./facts.ts";

export interface Adopted {
  readonly files: readonly string[];
  /** The last commit; none: there is no repository, or nothing in it. */
  readonly commit: string | undefined;
  readonly facts: AdoptionFacts;
  readonly config: Config;
}

/** What a person should know beside the list of files. */
export function notesOf({ files, commit, facts, config }: Adopted): string[] {
  const { gantry, branches } = facts;
  const workflows = files.filter(
    (path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) && !ours.test(path),
  );
  return [
    ...(commit === undefined ? ["there is no commit here yet: `git init`, `git commit`"] : []),
    ...(gantry.kind === "unknown"
      ? [
          "dagger.json is left out, so the workflows do not run yet: say where Gantry is published, `gantry init --module github.com/OWNER/gantry@VERSION`",
        ]
      : []),
    ...(workflows.length > 0
      ? [
          `other workflows stay as they are: ${workflows.join(", ")}; take away what ci-cd.yml now does`,
        ]
      : []),
    ...(known(branches.main) || config.environments.some(({ name }) => name === "production")
      ? []
      : [
          `the stages know \`main\`, \`master\` and \`trunk\`; for \`${branches.main}\` say \`branch: ${branches.main}\` at the environment \`production\``,
        ]),
    ...config.warnings,
  ];
}

const ours = /\/(ci-cd|pr-validation|release|dependency-updates)\.yml$/;

function known(branch: string): boolean {
  return ["main", "master", "trunk"].includes(branch);
}
