import {
  type ProposeEnd,
  type ProposeSpec,
  readProposeEnd,
  type Standing,
} from "../../dependencies/contained.ts";
import type { UpdateReport } from "../../dependencies/report/report.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { problemsOfEnd } from "../../execute/contained-end.ts";
import { runActing } from "../acting.ts";
import type { Site } from "../executor/site.ts";
import { siteOf } from "../run/run.ts";
import { readSecrets } from "../secrets.ts";
import { githubVariables } from "../variables.ts";
import { findInContainers } from "./find.ts";
import { type OpenUpdates, openBase } from "./open.ts";
import type { ProposeRequest } from "./request.ts";

export interface Proposed {
  readonly report: UpdateReport;
  readonly standing?: Standing;
}

/**
 * Finds updates for the base branch and keeps the one pull request with them. Tests and token never
 * meet: the request is kept from a container that holds nothing of the repository.
 */
export async function proposeUpdates(request: ProposeRequest): Promise<Result<Proposed>> {
  const opened = await openBase(request);
  if (!opened.ok) return opened;
  if (request.dryRun) return ok({ report: (await findInContainers(opened.value)).report });
  const keeper = await createKeeper(request, opened.value);
  const looked = await keeper(undefined);
  if (looked.kind !== "ready") return unkept(looked);
  const { report } = await findInContainers(opened.value);
  const kept = await keeper(report);
  return kept.kind === "kept" ? ok({ report, standing: kept.standing }) : unkept(kept);
}

function unkept(end: ProposeEnd): Result<never> {
  const told = end.kind === "problems" || end.kind === "broken" ? end : wrongAnswer;
  return fail(...problemsOfEnd(told, "GANTRY-UPDATES-REQUEST"));
}

const mend = "call it again: it looks first, and what is done is left alone";
const wrongAnswer = { kind: "broken", reason: "it did something else", mend } as const;

type Keeper = (report: UpdateReport | undefined) => Promise<ProposeEnd>;

const reportFile = "/gantry/report.json";
const limitSeconds = 600;

/** Without a report it only looks whether the request could be kept. */
async function createKeeper(request: ProposeRequest, opened: OpenUpdates): Promise<Keeper> {
  const { settings, project, key } = opened;
  const { byName } = await readSecrets(request.secrets ?? []);
  const site: Site = siteOf(opened.request, project, key, byName);
  return async (report) => {
    const files = report && { [reportFile]: await fileOf(site, report) };
    const { left, why } = await runActing({
      site,
      procedure: "propose-updates",
      spec: (left) => specOf(request, opened, { left, report: report && reportFile }),
      secrets: ["GITHUB_TOKEN", settings.token],
      ...(files && { files }),
      timeoutSeconds: limitSeconds,
      output: async (text) => console.error(text.trimEnd()),
    });
    return readProposeEnd(left) ?? { kind: "broken", reason: why, mend };
  };
}

/** Lock files are long: they reach the engine as a file, and stand in no query. */
async function fileOf({ scratch }: Site, report: UpdateReport) {
  const name = "updates.json";
  await scratch.write(name, JSON.stringify(report));
  return scratch.folder().file(name);
}

function specOf(
  request: ProposeRequest,
  { settings, base, trigger }: OpenUpdates,
  { left, report }: { readonly left: string; readonly report: string | undefined },
): ProposeSpec {
  return {
    settings,
    base: { branch: base.branch, commit: base.commit ?? "" },
    ...(report !== undefined && { report }),
    variables: githubVariables(request, trigger.repository),
    left,
  };
}
