import { appendFile } from "node:fs/promises";
import { z } from "zod";
import type { Run } from "../../execute/run.ts";
import { type Connection, describeFailure } from "../../github/client/index.ts";
import { type Kept, keepComment } from "../../github/comment.ts";
import { commentMarkdown } from "../../report/markdown/comment/comment.ts";
import { stampOf } from "../../report/markdown/comment/stamp.ts";
import type { CommonOptions } from "../common-options.ts";
import { connectToGithub } from "../connect-to-github.ts";
import type { Terminal } from "../main.ts";
import { readJson, readRun } from "../read-run.ts";
import { refuse } from "../refuse.ts";
import { rootFolder } from "../root-folder.ts";
import { githubRunUrl } from "../run-on-host.ts";
import { gatherComment } from "./gather.ts";

export interface CommentOptions extends CommonOptions {
  readonly pr?: number;
  readonly baseRun?: string;
  readonly dryRun?: boolean;
}

/** Where the verdict was said; `reason` tells why not on the pull request. */
type Said =
  | Exclude<Kept, { readonly kind: "failed" }>
  | { readonly kind: "summary" | "printed"; readonly reason: string };

/** Says a run's verdict on its pull request, or where it can be said: it is never lost. */
export async function runComment(
  name: string,
  options: CommentOptions,
  terminal: Terminal,
): Promise<number> {
  const directory = await rootFolder(options.C, terminal.cwd);
  const found = await readRun(name, directory, terminal.cwd);
  if (!found.ok) return refuse(found.problems, options, terminal);
  const run = withUrl(found.value.run, terminal.env);
  const facts = await gatherComment(run, { directory, cwd: terminal.cwd, base: options.baseRun });
  const body = commentMarkdown(facts);
  const said = options.dryRun
    ? ({ kind: "printed", reason: "asked for with --dry-run" } as const)
    : await say({ run, body, directory, number: options.pr }, terminal);
  show(said, body, options, terminal);
  return 0;
}

/** A run in an engine does not know where it is seen; the job that has it does. */
function withUrl(run: Run, env: NodeJS.ProcessEnv): Run {
  const here = String(stampOf(run).run?.id) === env.GITHUB_RUN_ID;
  return run.url === undefined && here ? { ...run, ...githubRunUrl(env) } : run;
}

interface Words {
  readonly run: Run;
  readonly body: string;
  readonly directory: string;
  readonly number: number | undefined;
}

async function say(words: Words, terminal: Terminal): Promise<Said> {
  const { run, body, directory } = words;
  const { pullRequest, repository } = run.plan.trigger;
  const number = words.number ?? pullRequest?.number ?? (await numberOfEvent(terminal.env));
  if (!number)
    return sayElsewhere("the run was for no pull request; `--pr` names one", words, terminal);
  const connection = await connectToGithub(directory, terminal.env, repository);
  if (!connection.ok) {
    const why = connection.problems.map(({ message }) => message).join("; ");
    return sayElsewhere(why, words, terminal);
  }
  const kept = await keep(connection.value, { number, body, run });
  if (kept.kind !== "failed") return kept;
  const fork = run.plan.trigger.fork ? "; the token of a fork's workflow may only read" : "";
  return sayElsewhere(`${describeFailure(kept.failure)}${fork}`, words, terminal);
}

const eventForm = z.object({ pull_request: z.object({ number: z.int().positive() }) });

async function numberOfEvent({
  GITHUB_EVENT_PATH,
}: NodeJS.ProcessEnv): Promise<number | undefined> {
  const event = GITHUB_EVENT_PATH ? await readJson(GITHUB_EVENT_PATH) : undefined;
  return eventForm.safeParse(event).data?.pull_request.number;
}

function keep(
  connection: Connection,
  { number, body, run }: { readonly number: number; readonly body: string; readonly run: Run },
): Promise<Kept> {
  return keepComment(connection, { number, body, stamp: stampOf(run) });
}

async function sayElsewhere(reason: string, { body }: Words, { env }: Terminal): Promise<Said> {
  const file = env.GITHUB_STEP_SUMMARY;
  if (!file) return { kind: "printed", reason };
  const written = await appendFile(file, body).then(
    () => true,
    () => false,
  );
  return { kind: written ? "summary" : "printed", reason };
}

function show(said: Said, body: string, options: CommentOptions, terminal: Terminal): void {
  if (options.json) {
    terminal.stdout.write(`${JSON.stringify({ ...said, body }, null, 2)}\n`);
    return;
  }
  if (said.kind === "printed") terminal.stdout.write(body);
  if (options.dryRun || (options.quiet && "url" in said)) return;
  terminal.stderr.write(`${sentence(said)}\n`);
}

function sentence(said: Said): string {
  switch (said.kind) {
    case "created":
      return `the comment is written: ${said.url}`;
    case "updated":
      return `the comment is up to date: ${said.url}`;
    case "unchanged":
      return `the comment said so already: ${said.url}`;
    case "superseded":
      return `a newer run has commented, which stands: ${said.url}`;
    case "summary":
      return `no comment (${said.reason}): it stands in the job summary instead`;
    case "printed":
      return `no comment (${said.reason}): it stands above instead`;
  }
}
