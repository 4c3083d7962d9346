import { z } from "zod";
import type { Result } from "../../errors/problem.ts";
import type { Run } from "../../execute/run.ts";
import { type Connection, describeFailure } from "../../github/client/index.ts";
import { type Kept, keepComment } from "../../github/comment.ts";
import { commentMarkdown } from "../../report/markdown/comment/comment.ts";
import { stampOf } from "../../report/markdown/comment/stamp.ts";
import { readJson } from "../read-json.ts";
import { connectToGithub } from "./connect.ts";
import { gatherComment } from "./gather-comment.ts";
import { githubRunUrl } from "./run-url.ts";

export interface CommentRequest {
  readonly run: Run;
  /** A folder of a git checkout, for the lines that the change adds. */
  readonly directory: string;
  /** Relative paths start here. */
  readonly cwd: string;
  /** The base's run, as a file or folder. */
  readonly base?: string | undefined;
  /** The pull request, where somebody names it. */
  readonly number?: number | undefined;
  /** Only to make the text. */
  readonly dryRun: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** What became of the words; `unsaid` tells why the pull request does not have them. */
export type Said =
  | Exclude<Kept, { readonly kind: "failed" }>
  | { readonly kind: "unsaid"; readonly reason: string };

/** Makes a run's comment and keeps it on its pull request. The text is there whatever GitHub says. */
export async function sayComment(
  request: CommentRequest,
): Promise<{ readonly said: Said; readonly body: string }> {
  const run = withUrl(request.run, request.env);
  const { directory, env } = request;
  const connection = await connectToGithub(directory, env, run.plan.trigger.repository);
  const body = commentMarkdown(await gatherComment(run, { ...request, connection }));
  if (request.dryRun) return { said: unsaid("asked for with --dry-run"), body };
  return { said: await say(run, body, request, connection), body };
}

/** A run in an engine does not know where it is seen; the job that has it does. */
function withUrl(run: Run, env: NodeJS.ProcessEnv): Run {
  const here = String(stampOf(run).run?.id) === env.GITHUB_RUN_ID;
  return run.url === undefined && here ? { ...run, ...githubRunUrl(env) } : run;
}

async function say(
  run: Run,
  body: string,
  { number: named, env }: CommentRequest,
  connection: Result<Connection>,
): Promise<Said> {
  const { pullRequest, fork } = run.plan.trigger;
  // GitHub's own word goes before the run's, whose file may have come from another job.
  const number = named ?? (await numberOfEvent(env)) ?? pullRequest?.number;
  if (!number) return unsaid("the run was for no pull request; `--pr` names one");
  if (!connection.ok) return unsaid(connection.problems.map(({ message }) => message).join("; "));
  const kept = await keepComment(connection.value, { number, body, stamp: stampOf(run) });
  if (kept.kind !== "failed") return kept;
  const why = fork ? "; the token of a fork's workflow may only read" : "";
  return unsaid(`${describeFailure(kept.failure)}${why}`);
}

const eventForm = z.object({ pull_request: z.object({ number: z.int().positive() }) });

async function numberOfEvent({
  GITHUB_EVENT_PATH,
}: NodeJS.ProcessEnv): Promise<number | undefined> {
  const event = GITHUB_EVENT_PATH ? await readJson(GITHUB_EVENT_PATH) : undefined;
  return eventForm.safeParse(event).data?.pull_request.number;
}

function unsaid(reason: string): Said {
  return { kind: "unsaid", reason };
}
