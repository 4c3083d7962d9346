import type { Checks, Protection, Reviews } from "../client/settings/protection-form.ts";
import type { Drift, Settings, Value } from "./settings.ts";

/** What a classic protection sets; a branch without one allows everything. */
export function readClassic(protection: Protection | undefined): Settings {
  const { checks, reviews, ...switches } = protection ?? bare;
  return {
    checks: checks !== undefined,
    ...(checks && {
      "checks.strict": checks.strict,
      "checks.required": checks.required.map(({ context }) => context),
    }),
    reviews: reviews !== undefined,
    ...(reviews && {
      "reviews.required": reviews.count,
      "reviews.dismissStale": reviews.dismissStale,
      "reviews.codeOwners": reviews.codeOwners,
    }),
    enforceAdmins: switches.enforceAdmins,
    linearHistory: switches.linearHistory,
    signedCommits: switches.signedCommits ?? false,
    allowForcePushes: switches.allowForcePushes,
    allowDeletions: switches.allowDeletions,
  };
}

/** The protection with exactly these differences mended, and everything else as it was found. */
export function mendClassic(found: Protection | undefined, drift: readonly Drift[]): Protection {
  let protection = found ?? bare;
  for (const { path, wanted } of drift) {
    protection = { ...protection, ...mends[path]?.(protection, wanted) };
  }
  return protection;
}

const bare: Protection = {
  checks: undefined,
  reviews: undefined,
  restrictions: undefined,
  enforceAdmins: false,
  linearHistory: false,
  allowForcePushes: true,
  allowDeletions: true,
  blockCreations: false,
  conversationResolution: false,
  lockBranch: false,
  allowForkSyncing: false,
};

const noChecks: Checks = { strict: false, required: [] };

const noReviews: Reviews = {
  count: 0,
  dismissStale: false,
  codeOwners: false,
  lastPushApproval: false,
  mayDismiss: undefined,
  mayBypass: undefined,
};

type Mend = (protection: Protection, wanted: Value) => Partial<Protection>;

const mends: Readonly<Record<string, Mend>> = {
  checks: ({ checks }, wanted) => ({ checks: wanted ? (checks ?? noChecks) : undefined }),
  "checks.strict": ({ checks = noChecks }, strict) => ({
    checks: { ...checks, strict: strict === true },
  }),
  "checks.required": ({ checks = noChecks }, wanted) => ({
    checks: { ...checks, required: requiredOf(checks, wanted as readonly string[]) },
  }),
  reviews: ({ reviews }, wanted) => ({ reviews: wanted ? (reviews ?? noReviews) : undefined }),
  "reviews.required": ({ reviews = noReviews }, count) => ({
    reviews: { ...reviews, count: Number(count) },
  }),
  "reviews.dismissStale": ({ reviews = noReviews }, wanted) => ({
    reviews: { ...reviews, dismissStale: wanted === true },
  }),
  "reviews.codeOwners": ({ reviews = noReviews }, wanted) => ({
    reviews: { ...reviews, codeOwners: wanted === true },
  }),
  enforceAdmins: (_, wanted) => ({ enforceAdmins: wanted === true }),
  linearHistory: (_, wanted) => ({ linearHistory: wanted === true }),
  allowForcePushes: (_, wanted) => ({ allowForcePushes: wanted === true }),
  allowDeletions: (_, wanted) => ({ allowDeletions: wanted === true }),
};

/** A check that stays keeps the app whose word alone counts. */
function requiredOf({ required }: Checks, wanted: readonly string[]): Checks["required"] {
  return wanted.map((context) => required.find((one) => one.context === context) ?? { context });
}
