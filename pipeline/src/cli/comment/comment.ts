import { appendFile } from "node:fs/promises";
import { type Said as SaidThere, sayComment } from "../../host/github/say-comment.ts";
import { type KeptWords, keptSentence } from "../../report/markdown/comment/said.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import { refuse } from "../refuse.ts";
import { rootFolder } from "../root-folder.ts";
import { readRun } from "../run/read-run.ts";

export interface CommentOptions extends CommonOptions {
  readonly pr?: number;
  readonly baseRun?: string;
  readonly dryRun?: boolean;
}

/** Where the verdict was said; `reason` tells why not on the pull request. */
type Said = KeptWords | { readonly kind: "summary" | "printed"; readonly reason: string };

/** Says a run's verdict on its pull request, or where it can be said: it is never lost. */
export async function runComment(
  name: string,
  options: CommentOptions,
  terminal: Terminal,
): Promise<number> {
  const { cwd, env } = terminal;
  const directory = await rootFolder(options.C, cwd);
  const found = await readRun(name, directory, cwd);
  if (!found.ok) return refuse(found.problems, options, terminal);
  const { said, body } = await sayComment({
    run: found.value.run,
    directory,
    cwd,
    env,
    base: options.baseRun,
    number: options.pr,
    dryRun: options.dryRun ?? false,
  });
  show(await sayHere(said, body, options, terminal), body, options, terminal);
  return 0;
}

/** What the pull request does not have, the job summary does, or else stdout. */
async function sayHere(
  said: SaidThere,
  body: string,
  { dryRun }: CommentOptions,
  { env }: Terminal,
): Promise<Said> {
  if (said.kind !== "unsaid") return said;
  const { reason } = said;
  const file = env.GITHUB_STEP_SUMMARY;
  if (dryRun || !file) return { kind: "printed", reason };
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
  if ("url" in said) return keptSentence(said);
  const place = said.kind === "summary" ? "in the job summary" : "above";
  return `no comment (${said.reason}): it stands ${place} instead`;
}
