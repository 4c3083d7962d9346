import { z } from "zod";
import type { Config } from "../config/config.ts";
import type { Survey } from "../config/survey.ts";
import { brokenEnd, problemsEnd, readEnd } from "../execute/contained-end.ts";
import type { Trigger } from "../plan/plan.ts";
import type { ProtectAct } from "./protection/protect-repository.ts";

/** What everything that asks GitHub from a container is told. It holds no secret: these are variables. */
interface Told {
  /** Repository and servers, by the names that they have in a machine's environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** A folder that holds `.git`. */
  readonly root: string;
  /** Where its end is left. */
  readonly left: string;
}

/** What a comment in a container is told. */
export interface CommentSpec extends Told {
  /** The file with the run. It may come from a job that ran a stranger's code: it is only read. */
  readonly run: string;
  /** The file with the base's run. */
  readonly base?: string;
  /** The pull request, where somebody names it. */
  readonly number?: number;
  /** GitHub's number of the run; that of another is refused. */
  readonly runId?: string;
  /** Where this run is seen, whatever its file says. */
  readonly runUrl?: string;
  /** Only to make the text. */
  readonly dryRun: boolean;
}

/** The repository as it was read outside, in a file of its own: lock files make it long. */
export interface ProtectedProject {
  readonly config: Config;
  readonly survey: Omit<Survey, "texts"> & {
    readonly texts: readonly (readonly [string, string])[];
  };
}

/** What a comparison of the protection in a container is told, or its mending. */
export interface ProtectSpec extends Told {
  readonly act: ProtectAct;
  readonly project: string;
  readonly only?: readonly string[];
}

/** What a check of the secrets in a container is told: names alone. */
export interface SecretsSpec extends Told {
  readonly config: Config;
  readonly trigger: Trigger;
  /** What a workflow says is there. */
  readonly workflow: Readonly<Record<string, boolean>>;
  /** Those that were handed over. */
  readonly given: readonly string[];
  readonly today: string;
}

/** What became of a comment. */
export const commentEnd = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("ended"),
    said: z.union([
      z.strictObject({
        kind: z.enum(["created", "updated", "unchanged", "superseded"]),
        url: z.string(),
      }),
      z.strictObject({ kind: z.literal("unsaid"), reason: z.string() }),
    ]),
    body: z.string(),
  }),
  problemsEnd,
  brokenEnd,
]);
export type CommentEnd = z.infer<typeof commentEnd>;

export function readCommentEnd(text: string): CommentEnd | undefined {
  return readEnd(commentEnd, text);
}

/** What something that compares came to, in words and as an exit code. */
export const judgedEnd = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("judged"),
    exit: z.int().min(0).max(3),
    text: z.string(),
  }),
  problemsEnd,
  brokenEnd,
]);
export type JudgedEnd = z.infer<typeof judgedEnd>;

export function readJudgedEnd(text: string): JudgedEnd | undefined {
  return readEnd(judgedEnd, text);
}
