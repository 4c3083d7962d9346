import type { Protection } from "../world/model.ts";

/** GitHub shows a protection in another form than the one in which it is put. */
export function protectionView(put: Protection): object {
  const checks = put.required_status_checks as Checks | null;
  const reviews = put.required_pull_request_reviews as Reviews | null;
  const restrictions = put.restrictions as Names | null;
  const switches = Object.fromEntries(
    switchNames.map((name) => [name, { enabled: put[name] === true }]),
  );
  return {
    ...switches,
    ...(checks && { required_status_checks: checksView(checks) }),
    ...(reviews && { required_pull_request_reviews: reviewsView(reviews) }),
    ...(restrictions && { restrictions: peopleView(restrictions) }),
  };
}

const switchNames = [
  "enforce_admins",
  "required_linear_history",
  "allow_force_pushes",
  "allow_deletions",
  "block_creations",
  "required_conversation_resolution",
  "lock_branch",
  "allow_fork_syncing",
  "required_signatures",
];

interface Checks {
  readonly strict: boolean;
  readonly contexts?: readonly string[];
  readonly checks?: readonly { readonly context: string; readonly app_id?: number }[];
}

type Names = Readonly<Partial<Record<"users" | "teams" | "apps", readonly string[]>>>;

interface Reviews {
  readonly dismissal_restrictions?: Names;
  readonly bypass_pull_request_allowances?: Names;
}

function checksView({ strict, contexts = [], checks }: Checks): object {
  const all = checks ?? contexts.map((context) => ({ context }));
  return {
    strict,
    contexts: all.map(({ context }) => context),
    checks: all.map((one) => ({ app_id: null, ...one })),
  };
}

function reviewsView({ dismissal_restrictions, bypass_pull_request_allowances, ...same }: Reviews) {
  return {
    dismiss_stale_reviews: false,
    require_code_owner_reviews: false,
    ...same,
    ...(dismissal_restrictions && { dismissal_restrictions: peopleView(dismissal_restrictions) }),
    ...(bypass_pull_request_allowances && {
      bypass_pull_request_allowances: peopleView(bypass_pull_request_allowances),
    }),
  };
}

function peopleView({ users = [], teams = [], apps = [] }: Names): object {
  return {
    users: users.map((login) => ({ login })),
    teams: teams.map((slug) => ({ slug })),
    apps: apps.map((slug) => ({ slug })),
  };
}
