import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Protection } from "../client/settings/protection-form.ts";
import type { Ruleset } from "../client/settings/rulesets.ts";
import { mendClassic, readClassic } from "./classic.ts";
import { mendRuleset, readRuleset, standing } from "./ruleset.ts";
import { compare, type Settings } from "./settings.ts";

const names = fc.uniqueArray(fc.constantFrom("unit-tests", "lint", "CodeQL", "a/b"));
const people = fc.option(fc.record({ users: names, teams: names, apps: names }), {
  nil: undefined,
});

const protections: fc.Arbitrary<Protection> = fc.record({
  checks: fc.option(
    fc.record({
      strict: fc.boolean(),
      required: names.map((all) =>
        all.map((context, n) => (n % 2 === 0 ? { context } : { context, appId: n })),
      ),
    }),
    { nil: undefined },
  ),
  reviews: fc.option(
    fc.record({
      count: fc.nat(6),
      dismissStale: fc.boolean(),
      codeOwners: fc.boolean(),
      lastPushApproval: fc.boolean(),
      mayDismiss: people,
      mayBypass: people,
    }),
    { nil: undefined },
  ),
  restrictions: people,
  enforceAdmins: fc.boolean(),
  linearHistory: fc.boolean(),
  allowForcePushes: fc.boolean(),
  allowDeletions: fc.boolean(),
  blockCreations: fc.boolean(),
  conversationResolution: fc.boolean(),
  lockBranch: fc.boolean(),
  allowForkSyncing: fc.boolean(),
});

const rulesets: fc.Arbitrary<Ruleset> = fc.record({
  id: fc.nat(),
  name: fc.constant("gantry: main"),
  target: fc.constant("branch"),
  enforcement: fc.constantFrom("active", "disabled", "evaluate"),
  refs: fc.record({
    include: fc.subarray(["refs/heads/main", "refs/heads/other", "~ALL"]),
    exclude: fc.subarray(["refs/heads/main", "refs/heads/wip"]),
  }),
  bypassActors: fc.subarray([
    { id: 5, type: "RepositoryRole", mode: "always" },
    { id: 5, type: "Team", mode: "pull_request" },
    { id: undefined, type: "DeployKey", mode: "always" },
  ]),
  rules: fc.subarray([
    { type: "deletion" },
    { type: "non_fast_forward" },
    { type: "required_linear_history" },
    { type: "required_signatures" },
    { type: "creation" },
    { type: "commit_message_pattern", parameters: { operator: "regex", pattern: "x" } },
    {
      type: "pull_request",
      parameters: { required_approving_review_count: 2, allowed_merge_methods: ["squash"] },
    },
    {
      type: "required_status_checks",
      parameters: {
        do_not_enforce_on_create: true,
        strict_required_status_checks_policy: false,
        required_status_checks: [{ context: "lint", integration_id: 7 }, { context: "old" }],
      },
    },
  ]),
});

/** As gantry.yaml can ask for it: any part, and none of a part that is `false`. */
const wanted: fc.Arbitrary<Settings> = fc
  .record(
    {
      reviews: fc.oneof(
        fc.constant({ reviews: false }),
        fc.constant({ reviews: true }),
        fc.record(
          {
            "reviews.required": fc.nat(6),
            "reviews.dismissStale": fc.boolean(),
            "reviews.codeOwners": fc.boolean(),
          },
          { requiredKeys: [] },
        ),
      ),
      checks: fc.oneof(
        fc.constant({ checks: false }),
        fc.constant({ checks: true }),
        fc.record(
          { "checks.strict": fc.boolean(), "checks.required": names },
          { requiredKeys: [] },
        ),
      ),
      switches: fc.record(
        {
          enforceAdmins: fc.boolean(),
          linearHistory: fc.boolean(),
          allowForcePushes: fc.boolean(),
          allowDeletions: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  )
  .map(({ reviews, checks, switches }): Settings => ({ ...reviews, ...checks, ...switches }));

/** What was not asked for, but for parts that had to be made or had to go. */
function unasked(settings: Settings, asked: Settings): Settings {
  const parts = new Set(Object.keys(asked).map((path) => path.split(".")[0]));
  return Object.fromEntries(
    Object.entries(settings).filter(([path]) => !parts.has(path.split(".")[0])),
  );
}

describe("a mended protection", () => {
  it("has no drift, and everything else as it was", () => {
    fc.assert(
      fc.property(fc.option(protections, { nil: undefined }), wanted, (found, asked) => {
        const before = readClassic(found);
        const mended = mendClassic(found, compare(asked, before));
        const after = readClassic(mended);
        expect(compare(asked, after)).toEqual([]);
        expect(unasked(after, asked)).toEqual(unasked(before, asked));
        expect(mendClassic(found, [])).toEqual(found ?? mendClassic(undefined, []));
      }),
      { numRuns: 500 },
    );
  });

  it("keeps what gantry.yaml has no word for", () => {
    fc.assert(
      fc.property(protections, wanted, (found, asked) => {
        const mended = mendClassic(found, compare(asked, readClassic(found)));
        const { checks: _checks, reviews: _reviews, ...switches } = mended;
        for (const key of Object.keys(switches) as (keyof typeof switches)[]) {
          if (!(key in asked)) expect(mended[key]).toEqual(found[key]);
        }
        expectKeptReviews(found, mended, asked);
        expectKeptChecks(found, mended);
      }),
      { numRuns: 500 },
    );
  });
});

function expectKeptReviews(found: Protection, mended: Protection, asked: Settings): void {
  if (!found.reviews || !mended.reviews) return;
  const { lastPushApproval, mayDismiss, mayBypass, count } = found.reviews;
  expect(mended.reviews).toMatchObject({ lastPushApproval, mayDismiss, mayBypass });
  if (!("reviews.required" in asked)) expect(mended.reviews.count).toBe(count);
}

/** A check that stays keeps the app whose word counts. */
function expectKeptChecks(found: Protection, mended: Protection): void {
  for (const check of found.checks?.required ?? []) {
    const kept = mended.checks?.required.find(({ context }) => context === check.context);
    if (kept) expect(kept).toEqual(check);
  }
}

describe("a mended ruleset", () => {
  it("has no drift, and everything else as it was", () => {
    const any = fc.option(rulesets, { nil: undefined });
    fc.assert(
      fc.property(any, wanted, fc.option(fc.boolean()), (found, settings, signed) => {
        const asked = {
          ...standing,
          ...settings,
          ...(signed !== null && { signedCommits: signed }),
        };
        const before = readRuleset(found, "main");
        const mended = mendRuleset(found, compare(asked, before), "main");
        const after = readRuleset({ id: 1, ...mended }, "main");
        expect(compare(asked, after)).toEqual([]);
        expect(unasked(after, asked)).toEqual(unasked(before, asked));
        const foreign = ["creation", "commit_message_pattern"];
        for (const type of foreign) {
          const rule = found?.rules.find((one) => one.type === type);
          expect(mended.rules.find((one) => one.type === type)).toEqual(rule);
        }
        const isForeign = ({ type }: { type: string }) => type !== "RepositoryRole";
        const actors = found?.bypassActors ?? [];
        expect(mended.bypassActors.filter(isForeign)).toEqual(actors.filter(isForeign));
        const reviews = mended.rules.find(({ type }) => type === "pull_request")?.parameters;
        if (found?.rules.some(({ type }) => type === "pull_request") && reviews) {
          expect(reviews.allowed_merge_methods).toEqual(["squash"]);
        }
        const others = (list: readonly string[] = []) =>
          list.filter((ref) => ref !== "refs/heads/main");
        expect(others(mended.refs.include)).toEqual(others(found?.refs.include));
        expect(others(mended.refs.exclude)).toEqual(others(found?.refs.exclude));
      }),
      { numRuns: 500 },
    );
  });

  it("is not taken for as wanted where GitHub hides who may pass by", () => {
    const [ruleset] = fc.sample(rulesets, 1) as [Ruleset];
    const hidden = readRuleset({ ...ruleset, bypassActors: undefined }, "main");
    expect(compare({ enforceAdmins: true }, hidden)).toEqual([
      { path: "enforceAdmins", wanted: true, found: undefined },
    ]);
  });
});
