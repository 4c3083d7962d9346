import { notAsked, type PullRequestCheck, whereKnown } from "../check.ts";
import type { PullRequestFacts } from "../facts.ts";

const secretFile = /(^|\/)\.env(\.local|\.[\w-]+\.local)?$/;

type Facts = Pick<PullRequestFacts, "files" | "environment">;

/** A `.env` holds what nobody else may read. */
export const envIgnoredCheck: PullRequestCheck<Facts> = {
  name: "env-ignored",
  run: ({ files, environment }, rules) => {
    const committed = whereKnown(files, rules, (all) =>
      all
        .filter((file) => secretFile.test(file))
        .map((file) => ({
          severity: rules.asked ? "error" : "warning",
          file,
          message: "it is in the repository, where everybody reads it",
          mend: `\`git rm --cached\` it, add \`.env\` to .gitignore, and renew every secret in it`,
        })),
    );
    if (!rules.asked || "reason" in committed) return committed;
    const ignored = whereKnown(environment, rules, (found) =>
      found.ignored
        ? []
        : [
            {
              severity: "error",
              file: ".gitignore",
              message: "`.env` is not ignored: the next `git add .` would publish it",
              mend: "add the line `.env` to .gitignore",
            },
          ],
    );
    return "reason" in ignored ? ignored : [...committed, ...ignored];
  },
};

/** Whoever starts anew finds every variable in the example. */
export const envExampleCheck: PullRequestCheck<Facts> = {
  name: "env-example",
  run: ({ environment }, rules) => {
    const { variables } = rules;
    if (variables.length === 0) return notAsked;
    return whereKnown(environment, rules, ({ examples }) => {
      const named = new Set(examples.flatMap(({ names }) => names));
      const missing = variables.filter((name) => !named.has(name));
      if (missing.length === 0) return [];
      const file = examples[0]?.file ?? ".env.example";
      const list = missing.map((name) => `\`${name}\``).join(", ");
      return [
        {
          severity: "error",
          file,
          message: examples[0]
            ? `it does not name ${list}, which gantry.yaml does`
            : `there is no \`.env.example\`, and gantry.yaml names ${list}`,
          mend: `add ${missing.length === 1 ? "the line" : "the lines"} ${missing.map((name) => `\`${name}=\``).join(", ")} to \`${file}\`, without a value where it is a secret`,
        },
      ];
    });
  },
};
