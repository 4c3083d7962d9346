import { valid } from "semver";
import type { Known, Seen } from "./seen.ts";
import type { Sight } from "./steps.ts";

/** What each step that can be seen looks like, from what was collected. */
export const sightOf = {
  developBranch: ({ branches, develop }: Seen): Sight =>
    branches.includes(develop)
      ? done(`\`${develop}\` is there`)
      : open(`there is no branch \`${develop}\``),

  baselineTag: ({ tags }: Seen): Sight => {
    const version = tags.find((tag) => valid(tag.replace(/^.*?v?(?=\d)/, "")) !== null);
    return version ? done(`tag ${version}`) : open("no tag is a version yet");
  },

  protection: (seen: Seen): Sight =>
    whenKnown(seen.protection, (branches) => {
      const bare = Object.keys(branches).filter((name) => !branches[name]);
      return bare.length === 0
        ? done("protected; `gantry protect check` shows drift")
        : open(`not protected: ${bare.join(", ")}`);
    }),

  secrets: (seen: Seen): Sight =>
    whenKnown(seen.missingSecrets, (missing) =>
      missing.length === 0 ? done("none is missing") : open(`missing: ${missing.join(", ")}`),
    ),

  greenRun: (seen: Seen): Sight =>
    whenKnown(seen.greenRun, (day) =>
      day ? done(`green on ${day}`) : open("no run of ci-cd.yml was green yet"),
    ),

  anyDeploy: ({ proven }: Seen): Sight => {
    const all = Object.entries(proven);
    if (all.length === 0) return open("gantry.yaml names no environment");
    const sights = all.map(([name, known]) => provenSight(name, known));
    return (
      sights.find(({ is }) => is === "done") ??
      sights.find(({ is }) => is === "unknown") ??
      open("nothing was proven in any environment yet")
    );
  },

  productionDeploy: ({ proven }: Seen): Sight =>
    proven.production
      ? provenSight("production", proven.production)
      : open("gantry.yaml names no environment `production`"),

  generated:
    (paths: readonly string[]) =>
    (seen: Seen): Sight =>
      filesSight(paths, seen, ["differs"]),

  written:
    (paths: readonly string[]) =>
    (seen: Seen): Sight =>
      filesSight(paths, seen, []),
};

/** Files that init wants and that are not there, or not as they should be; others are not asked for. */
function filesSight(paths: readonly string[], { files }: Seen, wrong: readonly string[]): Sight {
  const missing = paths.filter((path) => files[path] === "create" || files[path] === "merge");
  const other = paths.filter((path) => wrong.includes(files[path] ?? ""));
  if (missing.length > 0) return open(`missing: ${missing.join(", ")}`);
  return other.length > 0 ? open(`not as generated: ${other.join(", ")}`) : done("there");
}

function provenSight(environment: string, known: Known<string | undefined>): Sight {
  return whenKnown(known, (day) =>
    day
      ? done(`proven in ${environment} on ${day}`)
      : open(`nothing was proven in ${environment} yet`),
  );
}

function whenKnown<T>(known: Known<T>, look: (value: T) => Sight): Sight {
  return known.known ? look(known.value) : { is: "unknown", what: known.why };
}

function done(what: string): Sight {
  return { is: "done", what };
}

function open(what: string): Sight {
  return { is: "open", what };
}
