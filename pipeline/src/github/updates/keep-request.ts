import type { Standing } from "../../dependencies/contained.ts";
import { exitOfUpdates, type UpdateReport } from "../../dependencies/report/report.ts";
import { requestBody, requestTitle } from "../../dependencies/report/request-text.ts";
import type { UpdateSettings } from "../../dependencies/settings.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import type { Answer } from "../../network/answer.ts";
import { type Connection, connectFromEnvironment, describeFailure } from "../client/index.ts";
import { baseOnGithub, closeRequest, keepRequest } from "./standing-request.ts";

/** Where the request is kept, and by whom. */
export interface Requests {
  readonly connection: Connection;
  /** Whether the token is a workflow's own, whose requests start no checks. */
  readonly ownToken: boolean;
  readonly base: { readonly branch: string; readonly commit: string };
}

/** Connects, and sees that the base here is the base there, before anything takes its time. */
export async function openRequests(
  settings: UpdateSettings,
  { branch, commit }: { readonly branch: string; readonly commit: string | undefined },
  env: NodeJS.ProcessEnv,
): Promise<Result<Requests>> {
  const app = env[settings.token]?.trim();
  const token = app || env.GITHUB_TOKEN || env.GH_TOKEN;
  const connection = connectFromEnvironment({ ...env, GITHUB_TOKEN: token });
  if (!connection.ok) return connection;
  const there = await baseOnGithub(connection.value, branch);
  if (there.kind !== "ok") return refused(there);
  if (commit === undefined || there.value !== commit) return behind(branch, commit, there.value);
  const ownToken = !app && (Boolean(env.GITHUB_ACTIONS) || isServers(token));
  return ok({ connection: connection.value, ownToken, base: { branch, commit } });
}

/** In a container nothing else tells a workflow's token from a person's. */
function isServers(token: string | undefined): boolean {
  return token?.startsWith("ghs_") ?? false;
}

/** Brings the request in line with the report; what is not known for sure changes nothing. */
export async function keepStanding(
  { connection, ownToken, base }: Requests,
  settings: UpdateSettings,
  report: UpdateReport,
): Promise<Result<Standing>> {
  const { branch, labels } = settings;
  const place = { base: base.branch, commit: base.commit, branch };
  if (report.verdict === "up-to-date" && exitOfUpdates(report) === 0) {
    return resultOf(await closeRequest(connection, place));
  }
  if (report.files.length === 0) {
    return ok({ action: "left-alone", reason: `nothing went through: ${report.verdict}` });
  }
  const title = requestTitle(report);
  const body = requestBody(report, ownToken ? ownTokenHint(settings) : undefined);
  return resultOf(
    await keepRequest(connection, { ...place, title, body, labels, files: report.files }),
  );
}

function ownTokenHint({ token }: UpdateSettings): string {
  return `This request was made with the workflow's own token, and GitHub does not start checks for that by itself: press **Approve workflows to run** below, or close this request and open it again. With a secret \`${token}\` (an app's token) they start by themselves.`;
}

function resultOf(answer: Answer<Standing>): Result<Standing> {
  return answer.kind === "ok" ? ok(answer.value) : refused(answer);
}

function refused(failure: Exclude<Answer<never>, { kind: "ok" }>): Result<never> {
  return fail({
    code: "GANTRY-UPDATES-REQUEST",
    message: `the update request is not in order: ${describeFailure(failure)}`,
    mend: "run the same command again: what is done is left alone. A token needs write access to contents and pull requests, and GitHub's setting that allows Actions to create pull requests",
  });
}

function behind(branch: string, here: string | undefined, there: string): Result<never> {
  return fail({
    code: "GANTRY-UPDATES-BASE",
    message: `\`${branch}\` is at ${there.slice(0, 12)} on GitHub and at ${here?.slice(0, 12) ?? "no commit"} here: updates made from here would take back what differs`,
    mend: `run \`git fetch origin ${branch}\` first, or ask with \`--dry-run\``,
  });
}
