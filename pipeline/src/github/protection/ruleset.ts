import type { Rule, Ruleset, WantedRuleset } from "../client/settings/rulesets.ts";
import { type Drift, isList, type Settings, type Value } from "./settings.ts";

/** Ours is known by its name. */
export function rulesetName(branch: string): string {
  return `gantry: ${branch}`;
}

/** GitHub's number of the role of administrators, the same everywhere. */
const administrators = 5;

/** What our ruleset sets on its branch; without one, everything is allowed. */
export function readRuleset(ruleset: Ruleset | undefined, branch: string): Settings {
  const checks = parametersOf(ruleset, "required_status_checks");
  const reviews = parametersOf(ruleset, "pull_request");
  const { bypassActors } = ruleset ?? { bypassActors: [] };
  return {
    ...(ruleset && { enforcement: ruleset.enforcement, applies: covers(ruleset, branch) }),
    checks: checks !== undefined,
    ...(checks && {
      "checks.strict": checks.strict_required_status_checks_policy === true,
      "checks.required": checksIn(checks).map(({ context }) => context),
    }),
    reviews: reviews !== undefined,
    ...(reviews && {
      "reviews.required": Number(reviews.required_approving_review_count ?? 0),
      "reviews.dismissStale": reviews.dismiss_stale_reviews_on_push === true,
      "reviews.codeOwners": reviews.require_code_owner_review === true,
    }),
    // Hidden from those who may not change it: then it is not known, and not as wanted.
    ...(bypassActors && {
      enforceAdmins: ruleset !== undefined && !bypassActors.some(isAdministrators),
    }),
    linearHistory: has(ruleset, "required_linear_history"),
    signedCommits: has(ruleset, "required_signatures"),
    allowForcePushes: !has(ruleset, "non_fast_forward"),
    allowDeletions: !has(ruleset, "deletion"),
  };
}

/** What a ruleset has to be, whatever it asks for. */
export const standing: Settings = { enforcement: "active", applies: true };

/** The ruleset with exactly these differences mended, and everything else as it was found. */
export function mendRuleset(
  found: Ruleset | undefined,
  drift: readonly Drift[],
  branch: string,
): WantedRuleset {
  const start: WantedRuleset = found
    ? { ...found, target: "branch", bypassActors: found.bypassActors ?? [] }
    : { ...empty, name: rulesetName(branch), bypassActors: [administratorsPass] };
  return drift.reduce(
    (ruleset, { path, wanted }) => mends[path]?.(ruleset, wanted, branch) ?? ruleset,
    start,
  );
}

const empty: Omit<WantedRuleset, "name" | "bypassActors"> = {
  target: "branch",
  enforcement: "active",
  refs: { include: [], exclude: [] },
  rules: [],
};

const administratorsPass = { id: administrators, type: "RepositoryRole", mode: "always" };

type Mend = (ruleset: WantedRuleset, wanted: Value, branch: string) => WantedRuleset;

const mends: Readonly<Record<string, Mend>> = {
  enforcement: (ruleset) => ({ ...ruleset, enforcement: "active" }),
  applies: (ruleset, _, branch) => ({ ...ruleset, refs: refsWith(ruleset.refs, branch) }),
  checks: (ruleset, wanted) => withRule(ruleset, "required_status_checks", wanted, noChecks),
  "checks.strict": (ruleset, strict) =>
    withParameters(ruleset, "required_status_checks", noChecks, {
      strict_required_status_checks_policy: strict,
    }),
  "checks.required": (ruleset, wanted) =>
    withParameters(ruleset, "required_status_checks", noChecks, {
      required_status_checks: requiredOf(ruleset, wanted),
    }),
  reviews: (ruleset, wanted) => withRule(ruleset, "pull_request", wanted, noReviews),
  "reviews.required": (ruleset, required_approving_review_count) =>
    withParameters(ruleset, "pull_request", noReviews, { required_approving_review_count }),
  "reviews.dismissStale": (ruleset, dismiss_stale_reviews_on_push) =>
    withParameters(ruleset, "pull_request", noReviews, { dismiss_stale_reviews_on_push }),
  "reviews.codeOwners": (ruleset, require_code_owner_review) =>
    withParameters(ruleset, "pull_request", noReviews, { require_code_owner_review }),
  enforceAdmins: (ruleset, wanted) => {
    const others = ruleset.bypassActors.filter((actor) => !isAdministrators(actor));
    return { ...ruleset, bypassActors: wanted ? others : [...others, administratorsPass] };
  },
  linearHistory: (ruleset, wanted) => withRule(ruleset, "required_linear_history", wanted),
  signedCommits: (ruleset, wanted) => withRule(ruleset, "required_signatures", wanted),
  allowForcePushes: (ruleset, allowed) => withRule(ruleset, "non_fast_forward", !allowed),
  allowDeletions: (ruleset, allowed) => withRule(ruleset, "deletion", !allowed),
};

const noChecks = { strict_required_status_checks_policy: false, required_status_checks: [] };

const noReviews = {
  required_approving_review_count: 0,
  dismiss_stale_reviews_on_push: false,
  require_code_owner_review: false,
  require_last_push_approval: false,
  required_review_thread_resolution: false,
};

type Parameters = NonNullable<Rule["parameters"]>;

function withRule(
  ruleset: WantedRuleset,
  type: string,
  wanted: Value,
  parameters?: Parameters,
): WantedRuleset {
  const others = ruleset.rules.filter((rule) => rule.type !== type);
  const own = ruleset.rules.find((rule) => rule.type === type);
  const made = own ?? { type, ...(parameters && { parameters }) };
  return { ...ruleset, rules: wanted ? [...others, made] : others };
}

function withParameters(
  ruleset: WantedRuleset,
  type: string,
  none: Parameters,
  changed: Parameters,
): WantedRuleset {
  const whole = withRule(ruleset, type, true, none);
  const rules = whole.rules.map((rule) =>
    rule.type === type
      ? { ...rule, parameters: { ...none, ...rule.parameters, ...changed } }
      : rule,
  );
  return { ...whole, rules };
}

function requiredOf(ruleset: WantedRuleset, wanted: Value): readonly Check[] {
  const there = checksIn(parametersOf(ruleset, "required_status_checks") ?? {});
  const contexts = isList(wanted) ? wanted : [];
  return contexts.map((context) => there.find((one) => one.context === context) ?? { context });
}

interface Check {
  readonly context: string;
}

function checksIn(parameters: Parameters): readonly Check[] {
  const list = parameters.required_status_checks;
  const checks: readonly unknown[] = Array.isArray(list) ? list : [];
  return checks.filter(
    (one): one is Check =>
      typeof one === "object" &&
      one !== null &&
      "context" in one &&
      typeof one.context === "string",
  );
}

type Ruled = Pick<Ruleset, "rules"> | undefined;

function parametersOf(ruleset: Ruled, type: string): Parameters | undefined {
  const rule = ruleset?.rules.find((one) => one.type === type);
  return rule && (rule.parameters ?? {});
}

function has(ruleset: Ruled, type: string): boolean {
  return ruleset?.rules.some((rule) => rule.type === type) ?? false;
}

function isAdministrators({
  id,
  type,
}: {
  readonly id: number | undefined;
  readonly type: string;
}) {
  return type === "RepositoryRole" && id === administrators;
}

function covers({ refs }: Ruleset, branch: string): boolean {
  const ref = `refs/heads/${branch}`;
  return refs.include.includes(ref) && !refs.exclude.includes(ref);
}

function refsWith({ include, exclude }: Ruleset["refs"], branch: string): Ruleset["refs"] {
  const ref = `refs/heads/${branch}`;
  return {
    include: include.includes(ref) ? include : [...include, ref],
    exclude: exclude.filter((one) => one !== ref),
  };
}
