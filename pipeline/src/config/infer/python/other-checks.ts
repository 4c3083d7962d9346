import type { Folder } from "../../survey.ts";
import { hookOf } from "./hooks.ts";
import type { PythonProject } from "./project.ts";

/** Judges of code that are not taken for checks unless somebody writes them down. */
const known = [
  ...["black", "flake8", "pflake8", "isort", "pylint", "pycodestyle", "pydocstyle", "autopep8"],
  ...["pyright", "basedpyright", "ty", "pyrefly", "pytype", "bandit", "djlint", "codespell"],
  ...["vulture", "interrogate", "slotscheck"],
];

/** Says which judges the repository calls itself and Gantry does not: a green says nothing of them. */
export function otherChecks(folder: Folder, { calls }: PythonProject): string[] {
  const there = known.filter((tool) => calls(tool).kind !== "none" || hookOf(folder, [tool]));
  if (there.length === 0) return [];
  const names = there.map((tool) => `\`${tool}\``).join(", ");
  return [
    `the repository itself also runs ${names}: not taken for ${there.length > 1 ? "checks" : "a check"} of \`${folder.path}\` unless \`quality\` in gantry.yaml says so`,
  ];
}
