import { z } from "zod";
import { type Answer, mapOk } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

/** When a workflow last ended green. */
export interface GreenRun {
  readonly at: string;
  readonly url: string;
}

const greenForm = z.object({
  workflow_runs: z.array(z.object({ updated_at: z.string(), html_url: z.string() })),
});

/** The newest green run of a workflow's file, or nothing: of no run, or of no such workflow. */
export async function findGreenRun(
  connection: Connection,
  file: string,
): Promise<Answer<GreenRun | undefined>> {
  const where = path`/actions/workflows/${file}/runs`;
  const search = { status: "success", per_page: 1 };
  return mapOk(await lookFor(connection, where, greenForm, search), (found) => {
    const run = found?.workflow_runs[0];
    return run && { at: run.updated_at, url: run.html_url };
  });
}

/** A green run of a workflow, for a push to a branch of this repository. */
export interface PushRun {
  readonly id: number;
  /** The commit that it ran for. */
  readonly sha: string;
  readonly url: string;
}

export interface WantedRun {
  /** The workflow's file. */
  readonly file: string;
  readonly branch: string;
  /** Only the run of this commit. */
  readonly commit?: string | undefined;
}

const pushForm = z.object({
  workflow_runs: z.array(
    z.object({
      id: z.number(),
      event: z.string(),
      head_sha: z.string(),
      head_branch: z.string().nullable(),
      html_url: z.string(),
      repository: z.object({ id: z.number() }),
      head_repository: z.object({ id: z.number() }).nullable(),
    }),
  ),
});

/**
 * The newest green run of a workflow for pushes to a branch. A fork's branch may have the same name:
 * its runs are left out, for anyone can make one.
 */
export async function findPushRun(
  connection: Connection,
  { file, branch, commit }: WantedRun,
): Promise<Answer<PushRun | undefined>> {
  const where = path`/actions/workflows/${file}/runs`;
  const search = { branch, event: "push", status: "success", head_sha: commit, per_page: 10 };
  return mapOk(await lookFor(connection, where, pushForm, search), (found) => {
    const run = found?.workflow_runs.find(
      (one) =>
        one.event === "push" &&
        one.head_branch === branch &&
        one.head_repository?.id === one.repository.id,
    );
    return run && { id: run.id, sha: run.head_sha, url: run.html_url };
  });
}

/** A run of a workflow, whatever came of it. */
export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
  /** Whether it has ended; what it leaves may be there before. */
  readonly ended: boolean;
  /** The workflow's file, such as `.github/workflows/ci-cd.yml`. */
  readonly file: string;
  /** A pull request's own newest commit, though its merge is what is checked out. */
  readonly sha: string;
  /** Whether the code is another repository's, or one's that is gone. */
  readonly fork: boolean;
  readonly url: string;
}

const runForm = z
  .object({
    id: z.number(),
    run_attempt: z.number().optional(),
    status: z.string().nullable(),
    path: z.string(),
    head_sha: z.string(),
    html_url: z.string(),
    repository: z.object({ id: z.number() }),
    head_repository: z.object({ id: z.number() }).nullable(),
  })
  .transform(
    (said): WorkflowRun => ({
      id: said.id,
      attempt: said.run_attempt ?? 1,
      ended: said.status === "completed",
      file: said.path.replace(/@.*$/, ""),
      sha: said.head_sha,
      fork: said.head_repository?.id !== said.repository.id,
      url: said.html_url,
    }),
  );

/** A run by its number; nothing where there is none, or the token may not see it. */
export async function findWorkflowRun(
  connection: Connection,
  id: number,
): Promise<Answer<WorkflowRun | undefined>> {
  return lookFor(connection, path`/actions/runs/${id}`, runForm);
}
