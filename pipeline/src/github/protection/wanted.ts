import type { Config } from "../../config/config.ts";
import type { Survey } from "../../config/survey.ts";
import type { WrittenProtection } from "../../config/written.ts";
import { branchesOf } from "../../plan/branches.ts";
import { makePlan } from "../../plan/make-plan.ts";
import type { Stage, Trigger } from "../../plan/plan.ts";
import { standing } from "./ruleset.ts";
import type { Settings } from "./settings.ts";

export interface WantedBranch {
  readonly branch: string;
  readonly kind: "classic" | "ruleset";
  readonly settings: Settings;
  /** Whether gantry.yaml names it; one that nobody named may be missing. */
  readonly named: boolean;
  readonly warnings: readonly string[];
}

export interface WantedRequest {
  readonly config: Config;
  readonly survey: Survey;
  /** As GitHub calls it: main's part may be played by `master`. */
  readonly defaultBranch: string;
}

/** How branches should be protected: what gantry.yaml says over the defaults of main and develop. */
export function wantedBranches(request: WantedRequest): WantedBranch[] {
  const { config, defaultBranch } = request;
  const written = config.written.branches ?? {};
  const { main, develop } = branchesOf(config, triggerTo(defaultBranch));
  return [...new Set([main, develop, ...Object.keys(written)])].flatMap((branch) => {
    const own = Object.hasOwn(written, branch) ? written[branch] : undefined;
    if (own === false) return [];
    const stages = stagesOf(request, branch);
    const defaults = branch === main ? ofMain : branch === develop ? ofDevelop : {};
    const { kind = "classic", ...wanted } = over(withRunning(defaults, stages), own ?? {});
    return [
      {
        branch,
        kind,
        settings: { ...(kind === "ruleset" && standing), ...settingsOf(wanted) },
        named: own !== undefined,
        warnings: warningsOf(branch, wanted, stages),
      },
    ];
  });
}

const ofMain: WrittenProtection = {
  reviews: { required: 1, dismissStale: true, codeOwners: false },
  checks: { strict: true, required: ["code-quality", "unit-tests", "smoke-tests"] },
  enforceAdmins: true,
  linearHistory: true,
  signedCommits: false,
  allowForcePushes: false,
  allowDeletions: false,
};

const ofDevelop: WrittenProtection = {
  reviews: { required: 1, dismissStale: false },
  checks: { strict: false, required: ["code-quality", "unit-tests"] },
  enforceAdmins: false,
  linearHistory: false,
  allowForcePushes: false,
  allowDeletions: false,
};

/** By default only what runs on pull requests to the branch, and blocks there, is required. */
function withRunning(defaults: WrittenProtection, stages: readonly Stage[]): WrittenProtection {
  if (!defaults.checks) return defaults;
  const blocking: readonly string[] = stages.flatMap((one) =>
    one.run && one.blocking ? one.id : [],
  );
  const required = (defaults.checks.required ?? []).filter((name) => blocking.includes(name));
  const { checks, ...others } = defaults;
  return required.length === 0 ? others : { ...others, checks: { ...checks, required } };
}

function over(defaults: WrittenProtection, own: WrittenProtection): WrittenProtection {
  const { reviews, checks } = own;
  return {
    ...defaults,
    ...own,
    ...(reviews && { reviews: { ...(defaults.reviews || {}), ...reviews } }),
    ...(checks && { checks: { ...(defaults.checks || {}), ...checks } }),
  };
}

/** By path; a part that asks for nothing in particular has to be there, one that is `false` not. */
function settingsOf({ reviews, checks, ...switches }: Omit<WrittenProtection, "kind">): Settings {
  return { ...partOf("reviews", reviews), ...partOf("checks", checks), ...switches };
}

function partOf(
  name: string,
  part: WrittenProtection["reviews"] | WrittenProtection["checks"],
): Settings {
  if (part === undefined) return {};
  const own = Object.entries(part || {}).map(([key, value]) => [`${name}.${key}`, value]);
  return own.length === 0 ? { [name]: part !== false } : Object.fromEntries(own);
}

/** A required check that never reports keeps every pull request waiting for ever. */
function warningsOf(
  branch: string,
  { checks }: WrittenProtection,
  stages: readonly Stage[],
): string[] {
  const required = (checks || undefined)?.required ?? [];
  const never = required.flatMap((name) => stages.filter(({ id, run }) => id === name && !run));
  return never.map(
    ({ id, reason }) =>
      `\`${branch}\` requires the check \`${id}\`, which never runs on pull requests to it (${reason}): where nothing reports it, they wait for ever`,
  );
}

function stagesOf({ config, survey }: WantedRequest, branch: string): Stage[] {
  return makePlan({ config, survey, trigger: triggerTo(branch), source: "" }).stages;
}

function triggerTo(base: string): Trigger {
  return {
    event: "pull-request",
    branch: "feature/any",
    base,
    commit: "1".repeat(40),
    eventName: "pull_request",
    fork: false,
  };
}
