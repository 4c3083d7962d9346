import { z } from "zod";
import { type Answer, ok } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { act, done, isMissing, look } from "../rest/operation.ts";
import { path } from "../rest/path.ts";
import { type Checks, type Protection, protectionForm, type Reviews } from "./protection-form.ts";

/**
 * A branch's protection, or nothing where it has none. It is an administrator's to see: to others
 * GitHub says that there is no such thing, which stays a refusal here.
 */
export async function findProtection(
  connection: Connection,
  branch: string,
): Promise<Answer<Protection | undefined>> {
  const answer = await look(connection, path`/branches/${branch}/protection`, protectionForm);
  const isBare = answer.kind === "refused" && /not protected/i.test(answer.reason);
  return isBare && isMissing(answer) ? ok(undefined) : answer;
}

/** Puts the whole protection: start from what was read, since what is left out goes away. */
export async function putProtection(
  connection: Connection,
  branch: string,
  wanted: Protection,
): Promise<Answer<undefined>> {
  const answer = await act(connection, {
    method: "PUT",
    path: path`/branches/${branch}/protection`,
    body: bodyOf(wanted),
    form: z.looseObject({}),
  });
  return done(answer);
}

/** Asks for signed commits, or no longer; of a branch that is protected already. */
export async function requireSignatures(
  connection: Connection,
  branch: string,
  wanted: boolean,
): Promise<Answer<undefined>> {
  const answer = await act(connection, {
    method: wanted ? "POST" : "DELETE",
    path: path`/branches/${branch}/protection/required_signatures`,
    form: z.unknown(),
  });
  return done(answer);
}

function bodyOf({ checks, reviews, ...wanted }: Protection) {
  return {
    required_status_checks: checks ? bodyOfChecks(checks) : null,
    required_pull_request_reviews: reviews ? bodyOfReviews(reviews) : null,
    restrictions: wanted.restrictions ?? null,
    enforce_admins: wanted.enforceAdmins,
    required_linear_history: wanted.linearHistory,
    allow_force_pushes: wanted.allowForcePushes,
    allow_deletions: wanted.allowDeletions,
    block_creations: wanted.blockCreations,
    required_conversation_resolution: wanted.conversationResolution,
    lock_branch: wanted.lockBranch,
    allow_fork_syncing: wanted.allowForkSyncing,
  };
}

/** Its description asks for the older `contexts` as well, but GitHub refuses whoever sends both. */
function bodyOfChecks({ strict, required }: Checks) {
  const checks = required.map(({ context, appId }) => ({ context, app_id: appId }));
  return { strict, checks };
}

function bodyOfReviews(reviews: Reviews) {
  return {
    required_approving_review_count: reviews.count,
    dismiss_stale_reviews: reviews.dismissStale,
    require_code_owner_reviews: reviews.codeOwners,
    require_last_push_approval: reviews.lastPushApproval,
    dismissal_restrictions: reviews.mayDismiss,
    bypass_pull_request_allowances: reviews.mayBypass,
  };
}
