import { notifySecrets } from "../../config/notify-secrets.ts";
import { emptyRun } from "../../deploy/shown/deploy-run.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { problemsOfEnd } from "../../execute/contained-end.ts";
import type { Run } from "../../execute/run.ts";
import { type ReleaseEnd, type ReleaseSpec, readReleaseEnd } from "../../release/contained.ts";
import { withRelease } from "../../release/shown/stage.ts";
import { releaseStep } from "../../stages/acts.ts";
import { runActing } from "../acting.ts";
import { places } from "../environment.ts";
import type { Site } from "../executor/site.ts";
import { createRunFolder } from "../run/folder.ts";
import { runKey } from "../run/key.ts";
import { type FinishedRun, siteOf } from "../run/run.ts";
import { readSecrets } from "../secrets.ts";
import { githubVariables } from "../variables.ts";
import { type OpenRelease, openRelease } from "./open.ts";
import type { ReleaseRequest } from "./request.ts";

/** What would be, as JSON; or the run, and what came of it in a line for each version. */
export type Released =
  | { readonly document: string }
  | (FinishedRun & { readonly lines: readonly string[] });

/** A release: the procedure runs in a container. The run's folder is complete whatever the verdict. */
export async function release(request: ReleaseRequest): Promise<Result<Released>> {
  const opened = await openRelease(request);
  if (!opened.ok) return opened;
  const { id, key } = runKey(request);
  const begun = performance.now();
  const before = runBefore(opened.value, id);
  const secrets = await readSecrets(request.secrets ?? []);
  const site = siteOf(
    request,
    opened.value.project,
    `${key}/${crypto.randomUUID()}`,
    secrets.byName,
  );
  const folder = createRunFolder(site);
  const { stage } = opened.value;
  const end = await runContained(opened.value, site, (text) =>
    folder.log(stage.id, releaseStep.id, text),
  );
  if (end.kind === "planned") return ok({ document: end.document });
  if (end.kind !== "ended") return fail(...problemsOfEnd(end, "GANTRY-RELEASE-UNFINISHED"));
  const seconds = (performance.now() - begun) / 1000;
  const released = withRelease(before, { stage, steps: end.steps, seconds });
  const run = { ...released, tools: Object.fromEntries(site.versions) };
  return ok({ run, folder: await folder.save(run), lines: end.lines });
}

function runBefore({ project, request }: OpenRelease, id: string): Run {
  const startedAt = new Date().toISOString();
  const empty = emptyRun(project.plan, { id, executor: "dagger", startedAt }, "release");
  return { ...empty, ...(request.runUrl && { url: request.runUrl }) };
}

const stateFile = "/gantry/state.json";

async function runContained(
  opened: OpenRelease,
  site: Site,
  output: (text: string) => Promise<void>,
): Promise<ReleaseEnd> {
  const { request, project, ref } = opened;
  const { left, why } = await runActing({
    site,
    ref,
    output,
    procedure: "release",
    spec: (left) => specOf(opened, left),
    secrets: [...releaseStep.secrets, ...notifySecrets(project.config.notify)],
    ...(request.state && { files: { [stateFile]: request.state } }),
    timeoutSeconds: releaseStep.timeoutSeconds,
  });
  const mend = "call it again: it looks first, and finishes what was begun";
  return readReleaseEnd(left) ?? { kind: "broken", reason: why, mend };
}

function specOf({ request, project, branch, main }: OpenRelease, left: string): ReleaseSpec {
  const { pr, dryRun = false, component, state } = request;
  const { written, config, trigger } = project;
  return {
    act: pr ? "pull-request" : "publish",
    dryRun,
    main,
    ...(branch !== undefined && { branch }),
    ...(component !== undefined && { component }),
    ...(written && { written }),
    ...(state && { state: stateFile }),
    notify: config.notify,
    variables: githubVariables(request, trigger.repository),
    root: places.source,
    left,
  };
}
