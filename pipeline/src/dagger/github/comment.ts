import { type CommentSpec, readCommentEnd } from "../../github/contained.ts";
import { inertLine } from "../../report/github-log.ts";
import { keptSentence } from "../../report/markdown/comment/said.ts";
import { inline } from "../../report/markdown/escape.ts";
import { visibleLine } from "../../report/visible.ts";
import type { File } from "../client.ts";
import { unwrap } from "../functions.ts";
import { ask, open } from "./ask.ts";
import type { CommentRequest } from "./request.ts";

const places = {
  run: "/gantry/run.json",
  event: "/gantry/event.json",
  base: "/gantry/base.json",
} as const;

/**
 * Keeps a run's comment on its pull request. Markdown for a job's summary: where the comment stands,
 * or the comment itself with why the pull request does not have it.
 */
export async function runComment(request: CommentRequest): Promise<string> {
  const opened = unwrap(await open(request, "manual"));
  const { said, body } = unwrap(
    await ask(opened, {
      procedure: "comment",
      told: toldOf(request, opened.variables),
      files: filesOf(request),
      read: readCommentEnd,
    }),
  );
  if (request.dryRun) return inert(body);
  if (said.kind !== "unsaid") return tell(keptSentence(said));
  tell(`no comment (${said.reason}): it stands in the answer instead`);
  return inert(
    `${body}\nThe pull request does not have this as a comment: ${inline(said.reason)}\n`,
  );
}

function tell(sentence: string): string {
  const line = inertLine(visibleLine(sentence));
  console.error(line);
  return `${line}\n`;
}

/** An answer is shown in the job's log, where GitHub's runner takes lines of a stranger's tests for commands. */
function inert(text: string): string {
  return text.split("\n").map(inertLine).join("\n");
}

type Told = Omit<CommentSpec, "root" | "left">;

function toldOf(request: CommentRequest, variables: CommentSpec["variables"]): Told {
  const { event, baseRun, pr, runId, runUrl, dryRun = false } = request;
  return {
    run: places.run,
    dryRun,
    ...(baseRun && { base: places.base }),
    ...(pr !== undefined && { number: pr }),
    ...(runId !== undefined && { runId }),
    ...(runUrl !== undefined && { runUrl }),
    variables: { ...variables, ...(event && { GITHUB_EVENT_PATH: places.event }) },
  };
}

function filesOf({ run, event, baseRun }: CommentRequest): Record<string, File> {
  return {
    [places.run]: run,
    ...(event && { [places.event]: event }),
    ...(baseRun && { [places.base]: baseRun }),
  };
}
