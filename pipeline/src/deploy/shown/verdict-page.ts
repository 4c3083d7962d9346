import { meanings, type Rollback, verdict } from "../verdict.ts";

/** The page on every verdict, made from the table that the command line speaks by. */
export function verdictPage(): string {
  const rows = verdict.options.map((name) => {
    const { means, done, mend, exit } = meanings[name];
    return `| \`${name}\` | the environment ${means} | ${done} | ${mend} | ${exit} |`;
  });
  const words = Object.entries(rollbacks).map(([name, means]) => `| \`${name}\` | ${means} |`);
  return `${[
    "# Verdicts of a deploy",
    intro,
    [
      "| verdict | meaning | what was done | mend | exit code |",
      "|---|---|---|---|---|",
      ...rows,
    ].join("\n"),
    "## The way back",
    "Beside the verdict stands what became of the version before:",
    ["| rollback | meaning |", "|---|---|", ...words].join("\n"),
  ].join("\n\n")}\n`;
}

const intro = `Every deploy ends with one of these words: on the screen, in \`run.json\`, in the report and in the record
(\`gantry history\`). Only \`live\` is green. Exit code 1 says that the version does not hold, 3 that nobody
can say; a run that was ended by a signal exits 130 or 143 whatever its verdict. This page is made from
\`pipeline/src/deploy/verdict.ts\` (\`npm run schema\`).`;

const rollbacks: Readonly<Record<Rollback, string>> = {
  "not-needed": "the new version serves and holds, or the old one never stopped serving",
  done: "the version before it serves again, and is proven",
  failed:
    "it was tried, and what serves now is not proven: look at once (`gantry status`), and name another version with `gantry rollback --to`",
  impossible:
    "there is no earlier version, or the provider no longer holds it: the new one still serves; `gantry deploy --ref TAG` brings an earlier one from its source",
};
