import { type PullRequestCheck, whereKnown } from "../check.ts";
import type { Marker } from "../facts.ts";
import { shown } from "../shown.ts";

/** What git cannot merge by itself cannot be merged by a button either. */
export const conflictsCheck: PullRequestCheck = {
  name: "merge-conflicts",
  run: ({ conflicts, base }, rules) =>
    whereKnown(conflicts, rules, (files) =>
      files.map((file) => ({
        severity: "error",
        file,
        message: `conflicts with the base ${shown(base)}`,
        mend: `merge the base into this branch (\`git fetch && git merge origin/${plainName(base)}\`) and resolve it there`,
      })),
    ),
};

function plainName(base: string): string {
  return /^[\w./-]+$/.test(base) && !base.startsWith("-") ? base : "BASE";
}

/** Signs that a merge leaves behind. A whole set of them is no accident; a single one may be text. */
export const markersCheck: PullRequestCheck = {
  name: "conflict-markers",
  run: ({ markers }, rules) =>
    whereKnown(markers, rules, (found) =>
      [...Map.groupBy(found, ({ file }) => file).values()].flatMap((inFile) => {
        const whole = isWholeSet(inFile);
        return inFile
          .filter(({ sign }) => sign === "<" || sign === ">")
          .map(({ file, line, sign }) => ({
            severity: whole ? "error" : "warning",
            file,
            line,
            message: `a conflict marker that a merge left (\`${sign.repeat(7)}\`)`,
            mend: "keep the right lines and take the marker out; one that is meant goes under `accepted` in gantry.yaml",
          }));
      }),
    ),
};

function isWholeSet(markers: readonly Marker[]): boolean {
  const signs = markers
    .toSorted((a, b) => a.line - b.line)
    .map(({ sign }) => sign)
    .join("");
  return /<[|]?=.*>/.test(signs);
}
