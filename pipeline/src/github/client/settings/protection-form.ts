import { z } from "zod";

/** A branch's classic protection, as one value that is read and put as a whole. */
export interface Protection {
  readonly checks: Checks | undefined;
  readonly reviews: Reviews | undefined;
  /** Who alone may push; nobody in particular where it is missing. */
  readonly restrictions: People | undefined;
  readonly enforceAdmins: boolean;
  readonly linearHistory: boolean;
  readonly allowForcePushes: boolean;
  readonly allowDeletions: boolean;
  readonly blockCreations: boolean;
  readonly conversationResolution: boolean;
  readonly lockBranch: boolean;
  readonly allowForkSyncing: boolean;
  /** Read only: it is changed by an act of its own. */
  readonly signedCommits?: boolean;
}

export interface Checks {
  /** Whether the branch must be up to date with its base. */
  readonly strict: boolean;
  /** An app's id, where only its word counts. */
  readonly required: readonly { readonly context: string; readonly appId?: number }[];
}

export interface Reviews {
  readonly count: number;
  readonly dismissStale: boolean;
  readonly codeOwners: boolean;
  readonly lastPushApproval: boolean;
  readonly mayDismiss: People | undefined;
  readonly mayBypass: People | undefined;
}

export interface People {
  readonly users: readonly string[];
  readonly teams: readonly string[];
  readonly apps: readonly string[];
}

const switchForm = z
  .object({ enabled: z.boolean().optional() })
  .optional()
  .transform((said) => said?.enabled ?? false);

const slugsForm = z
  .array(z.object({ slug: z.string().optional() }))
  .optional()
  .transform((some) => (some ?? []).flatMap(({ slug }) => slug ?? []));

const peopleForm = z
  .object({
    users: z.array(z.object({ login: z.string().optional() })).optional(),
    teams: slugsForm,
    apps: slugsForm,
  })
  .transform(
    ({ users, teams, apps }): People => ({
      users: (users ?? []).flatMap(({ login }) => login ?? []),
      teams,
      apps,
    }),
  );

const checksForm = z
  .object({
    strict: z.boolean().optional(),
    checks: z.array(z.object({ context: z.string(), app_id: z.number().nullable() })).optional(),
    contexts: z.array(z.string()).optional(),
  })
  .transform(
    ({ strict, checks, contexts }): Checks => ({
      strict: strict ?? false,
      required:
        checks?.map(({ context, app_id }) =>
          app_id === null ? { context } : { context, appId: app_id },
        ) ?? (contexts ?? []).map((context) => ({ context })),
    }),
  );

const reviewsForm = z
  .object({
    required_approving_review_count: z.number().optional(),
    dismiss_stale_reviews: z.boolean(),
    require_code_owner_reviews: z.boolean(),
    require_last_push_approval: z.boolean().optional(),
    dismissal_restrictions: peopleForm.optional(),
    bypass_pull_request_allowances: peopleForm.optional(),
  })
  .transform(
    (said): Reviews => ({
      count: said.required_approving_review_count ?? 0,
      dismissStale: said.dismiss_stale_reviews,
      codeOwners: said.require_code_owner_reviews,
      lastPushApproval: said.require_last_push_approval ?? false,
      mayDismiss: said.dismissal_restrictions,
      mayBypass: said.bypass_pull_request_allowances,
    }),
  );

export const protectionForm = z
  .object({
    required_status_checks: checksForm.nullish(),
    required_pull_request_reviews: reviewsForm.nullish(),
    restrictions: peopleForm.nullish(),
    enforce_admins: switchForm,
    required_linear_history: switchForm,
    allow_force_pushes: switchForm,
    allow_deletions: switchForm,
    block_creations: switchForm,
    required_conversation_resolution: switchForm,
    lock_branch: switchForm,
    allow_fork_syncing: switchForm,
    required_signatures: switchForm,
  })
  .transform(
    (said): Protection => ({
      checks: said.required_status_checks ?? undefined,
      reviews: said.required_pull_request_reviews ?? undefined,
      restrictions: said.restrictions ?? undefined,
      enforceAdmins: said.enforce_admins,
      linearHistory: said.required_linear_history,
      allowForcePushes: said.allow_force_pushes,
      allowDeletions: said.allow_deletions,
      blockCreations: said.block_creations,
      conversationResolution: said.required_conversation_resolution,
      lockBranch: said.lock_branch,
      allowForkSyncing: said.allow_fork_syncing,
      signedCommits: said.required_signatures,
    }),
  );
