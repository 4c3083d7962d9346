import type { Place, Problem } from "../errors/problem.ts";
import { visibleTo } from "../plan/inputs.ts";
import type { Config } from "./config.ts";
import { nearest } from "./nearest.ts";
import type { Survey } from "./survey.ts";

interface Scope {
  readonly config: Config;
  readonly survey: Survey;
  readonly locate: (path: readonly PropertyKey[]) => Place;
}

type Rule = (scope: Scope) => Problem[];

/** Rules that cross fields, or look at the repository. All of them are asked, always. */
const rules: readonly Rule[] = [
  componentFoldersExist,
  inputsExist,
  environmentFilesExist,
  dockerfileExists,
  secretsAreKnown,
  oneEnvironmentABranch,
  incidentEnvironmentsExist,
  certificatesExist,
  checksHaveNamesOfTheirOwn,
  acceptedAdvisoriesAreNamed,
];

export function checkRules(
  config: Config,
  survey: Survey,
  locate: (path: readonly PropertyKey[]) => Place,
): Problem[] {
  return rules.flatMap((rule) => rule({ config, survey, locate }));
}

function componentFoldersExist({ config, survey, locate }: Scope): Problem[] {
  return config.components
    .filter(({ path }) => path !== "." && !survey.files.some((file) => file.startsWith(`${path}/`)))
    .map(({ name, path }) => ({
      code: "GANTRY-CONFIG-REFERENCE",
      ...locate(["components", name, "path"]),
      message: `the folder \`${path}\` of \`${name}\` is not in the source`,
      mend: mendPath(path, foldersOf(survey)),
    }));
}

function inputsExist({ config, survey, locate }: Scope): Problem[] {
  return config.components.flatMap(({ name, inputs = [] }) =>
    inputs.flatMap((path, index): Problem[] => {
      const there = survey.files.some(visibleTo({ only: [path], history: false }));
      if (there) return [];
      return [
        {
          code: "GANTRY-CONFIG-REFERENCE",
          ...locate(["components", name, "inputs", index]),
          message: `the source has neither a file nor a folder \`${path}\``,
          mend: mendPath(path, [...foldersOf(survey), ...survey.files.slice(0, 2000)]),
        },
      ];
    }),
  );
}

function environmentFilesExist({ config, survey, locate }: Scope): Problem[] {
  return config.components.flatMap(({ name, envFile, path }) => {
    if (!envFile) return [];
    const file = path === "." ? envFile : `${path}/${envFile}`;
    return missing(file, survey, locate(["components", name, "envFile"]));
  });
}

function dockerfileExists({ config, survey, locate }: Scope): Problem[] {
  const image = config.image;
  if (!image) return [];
  return missing(image.dockerfile, survey, locate(["image", "dockerfile"]));
}

function certificatesExist({ config, survey, locate }: Scope): Problem[] {
  return config.certificates ? missing(config.certificates, survey, locate(["certificates"])) : [];
}

/** Steps that Gantry adds to a component; a check of the same name would take their place. */
const ownSteps = /^(install|build)(-\d+)?$|^(dependencies|test-tools)$/;

function checksHaveNamesOfTheirOwn({ config, locate }: Scope): Problem[] {
  return config.components.flatMap((component) => {
    const taken = new Set<string>();
    return component.quality.flatMap(({ name, commands }): Problem[] => {
      const steps = commands.map((_, index) => (index === 0 ? name : `${name}-${index + 1}`));
      const clash = steps.find((step) => taken.has(step) || ownSteps.test(step));
      for (const step of steps) taken.add(step);
      if (!clash) return [];
      return [
        {
          code: "GANTRY-CONFIG-INVALID-VALUE",
          ...locate(["components", component.name, "quality", name]),
          message: `the check \`${name}\` would share the step \`${clash}\` with another`,
          mend: "give the check another name",
        },
      ];
    });
  });
}

function secretsAreKnown({ config, locate }: Scope): Problem[] {
  const known = Object.keys(config.secrets);
  if (known.length === 0) return [];
  return config.components.flatMap(({ name, tests }) =>
    Object.entries(tests).flatMap(([kind, suite]) =>
      suite.secrets.flatMap((secret, index): Problem[] =>
        known.includes(secret)
          ? []
          : [
              {
                code: "GANTRY-CONFIG-REFERENCE",
                ...locate(["components", name, "tests", kind, "secrets", index]),
                message: `the secret \`${secret}\` is not declared under \`secrets\``,
                mend: `${nearest(secret, known) ? `write \`${nearest(secret, known)}\`, or ` : ""}add \`${secret}: {}\` under \`secrets\``,
              },
            ],
      ),
    ),
  );
}

/** Two environments on one branch would both be deployed by one push: one of them is a mistake. */
function oneEnvironmentABranch({ config, locate }: Scope): Problem[] {
  const first = new Map<string, string>();
  return config.environments.flatMap(({ name, branch }): Problem[] => {
    if (!branch) return [];
    const other = first.get(branch);
    if (!other) {
      first.set(branch, name);
      return [];
    }
    return [
      {
        code: "GANTRY-CONFIG-INVALID-VALUE",
        ...locate(["environments", name, "branch"]),
        message: `\`${name}\` and \`${other}\` both deploy the branch \`${branch}\``,
        mend: "give each environment a branch of its own, or leave `branch` out of the one that is promoted to",
      },
    ];
  });
}

/** Without a name one line would accept every advisory that is still to come. */
function acceptedAdvisoriesAreNamed({ config, locate }: Scope): Problem[] {
  return (config.written.accepted ?? []).flatMap((one, index): Problem[] => {
    if (one.check !== "audit" || one.rule !== undefined || one.package !== undefined) return [];
    return [
      {
        code: "GANTRY-CONFIG-MISSING",
        ...locate(["accepted", index]),
        message: "this accepts everything that the audit may ever find",
        mend: "add `rule:` with the advisory, or `package:`",
      },
    ];
  });
}

function missing(file: string, survey: Survey, place: Place): Problem[] {
  if (survey.files.includes(file)) return [];
  return [
    {
      code: "GANTRY-CONFIG-REFERENCE",
      ...place,
      message: `the file \`${file}\` is not in the source (it may be ignored by git)`,
      mend: mendPath(file, survey.files.length > 5000 ? [] : survey.files),
    },
  ];
}

function mendPath(path: string, known: readonly string[]): string {
  const near = nearest(path, known);
  return near ? `write \`${near}\`` : "correct the path, or add the file";
}

function foldersOf(survey: Survey): string[] {
  const folders = new Set<string>();
  for (const file of survey.files) {
    const cut = file.lastIndexOf("/");
    if (cut > 0) folders.add(file.slice(0, cut));
    if (folders.size > 2000) break;
  }
  return [...folders];
}

/** Where nothing is written, `production` is meant whether it is there or not. */
function incidentEnvironmentsExist({ config, locate }: Scope): Problem[] {
  const known = config.environments.map(({ name }) => name);
  return (config.written.notify?.incidents || []).flatMap((name, index): Problem[] => {
    if (known.includes(name)) return [];
    const near = nearest(name, known);
    return [
      {
        code: "GANTRY-CONFIG-REFERENCE",
        ...locate(["notify", "incidents", index]),
        message: `there is no environment \`${name}\`${known.length > 0 ? `; there are ${known.join(", ")}` : ""}`,
        mend: near ? `write \`${near}\`` : "name one that stands under `environments`",
      },
    ];
  });
}
