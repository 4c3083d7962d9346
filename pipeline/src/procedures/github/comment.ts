import { fail, ok, type Result } from "../../errors/problem.ts";
import { type Run, run as runForm } from "../../execute/run.ts";
import type { CommentEnd, CommentSpec } from "../../github/contained.ts";
import { sayComment } from "../../host/github/say-comment.ts";
import { readJson } from "../../host/read-json.ts";
import { stampOf } from "../../report/markdown/comment/stamp.ts";
import { askFromContainer } from "./ask.ts";

/** Says a run's verdict on its pull request, from a container. */
export function commentFromContainer(file: string): Promise<void> {
  return askFromContainer<CommentSpec>(file, comment);
}

async function comment(spec: CommentSpec): Promise<CommentEnd> {
  const run = await readRun(spec);
  if (!run.ok) return { kind: "problems", problems: [...run.problems] };
  const { root, base, number, dryRun, variables } = spec;
  const ended = await sayComment({
    run: run.value,
    directory: root,
    cwd: root,
    base,
    number,
    dryRun,
    env: { ...process.env, ...variables },
  });
  return { kind: "ended", ...ended };
}

/** The file is data from another job: what it says of its place is overruled by what is known here. */
async function readRun({ run: file, runId, runUrl }: CommentSpec): Promise<Result<Run>> {
  const parsed = runForm.safeParse(await readJson(file));
  if (!parsed.success) {
    return refuse("is no run", "give the `run.json` of a run's folder");
  }
  const run: Run = { ...parsed.data, ...(runUrl !== undefined && { url: runUrl }) };
  const other = runId !== undefined && String(stampOf(parsed.data).run?.id) !== runId;
  return other ? refuse("is that of another run", "give the one that `--run-id` names") : ok(run);
}

function refuse(what: string, mend: string): Result<never> {
  const message = `the file given with \`--run\` ${what}`;
  return fail({ code: "GANTRY-RUN-NOT-FOUND", message, mend });
}
