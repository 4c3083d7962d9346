import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { act, look } from "../rest/operation.ts";

/** How pull requests are merged; only an administrator's token sees it. */
export interface MergeSettings {
  readonly allowSquash: boolean;
  readonly allowMergeCommit: boolean;
  readonly allowRebase: boolean;
  readonly squashTitle: "PR_TITLE" | "COMMIT_OR_PR_TITLE";
  readonly squashMessage: "PR_BODY" | "COMMIT_MESSAGES" | "BLANK";
  readonly deleteBranchOnMerge: boolean;
}

export interface RepositoryFacts {
  /** `owner/name`, as it is called today. */
  readonly fullName: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  /** What the token may not see is missing. */
  readonly merging: Partial<MergeSettings>;
}

const repositoryForm = z
  .object({
    full_name: z.string(),
    private: z.boolean(),
    default_branch: z.string(),
    allow_squash_merge: z.boolean().optional(),
    allow_merge_commit: z.boolean().optional(),
    allow_rebase_merge: z.boolean().optional(),
    squash_merge_commit_title: z.enum(["PR_TITLE", "COMMIT_OR_PR_TITLE"]).optional(),
    squash_merge_commit_message: z.enum(["PR_BODY", "COMMIT_MESSAGES", "BLANK"]).optional(),
    delete_branch_on_merge: z.boolean().optional(),
  })
  .transform(
    (said): RepositoryFacts => ({
      fullName: said.full_name,
      private: said.private,
      defaultBranch: said.default_branch,
      merging: withoutMissing({
        allowSquash: said.allow_squash_merge,
        allowMergeCommit: said.allow_merge_commit,
        allowRebase: said.allow_rebase_merge,
        squashTitle: said.squash_merge_commit_title,
        squashMessage: said.squash_merge_commit_message,
        deleteBranchOnMerge: said.delete_branch_on_merge,
      }),
    }),
  );

export async function readRepository(connection: Connection): Promise<Answer<RepositoryFacts>> {
  return look(connection, "", repositoryForm);
}

/** Sets these and leaves the others. */
export async function updateMergeSettings(
  connection: Connection,
  wanted: Partial<MergeSettings>,
): Promise<Answer<RepositoryFacts>> {
  const body = {
    allow_squash_merge: wanted.allowSquash,
    allow_merge_commit: wanted.allowMergeCommit,
    allow_rebase_merge: wanted.allowRebase,
    squash_merge_commit_title: wanted.squashTitle,
    squash_merge_commit_message: wanted.squashMessage,
    delete_branch_on_merge: wanted.deleteBranchOnMerge,
  };
  return act(connection, { method: "PATCH", path: "", body, form: repositoryForm });
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function withoutMissing<T extends object>(value: T): Given<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined),
  ) as Given<T>;
}
