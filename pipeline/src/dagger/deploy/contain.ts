import { notifySecrets } from "../../config/notify-secrets.ts";
import { type ActEnd, type ActSpec, readActEnd, tokensOf } from "../../deploy/contained.ts";
import type { Run } from "../../execute/run.ts";
import { runActing } from "../acting.ts";
import type { GitRef } from "../client.ts";
import { places } from "../environment.ts";
import type { Site } from "../executor/site.ts";
import type { OpenAct } from "./open.ts";

/** One call of a function that acts: what its containers share. */
export interface Acting {
  readonly opened: OpenAct;
  readonly site: Site;
  /** Holds the environment; no other call has the same name. */
  readonly owner: string;
  readonly run: Pick<Run, "id" | "startedAt">;
  readonly output: (text: string) => Promise<void>;
}

/** What this container is told beyond what every one of a call is. */
export type Told = Pick<ActSpec, "meant" | "tested" | "keep">;

/** Runs the procedure with node in a container, with the deploy's secrets and git's history. */
export async function runContained(acting: Acting, ref: GitRef, told: Told): Promise<ActEnd> {
  const { site, opened, output } = acting;
  const { left, why } = await runActing({
    site,
    ref,
    output,
    procedure: "act",
    spec: (left) => specOf(acting, told, left),
    secrets: secretsOf(opened),
    timeoutSeconds: opened.step.timeoutSeconds + (opened.request.wait ?? 0),
  });
  return readActEnd(left) ?? broken(why);
}

function secretsOf(opened: OpenAct): readonly string[] {
  const told = notifySecrets(opened.project.config.notify);
  return [...new Set([...opened.step.secrets, ...tokensOf(opened), ...told])];
}

function broken(reason: string): ActEnd {
  return {
    kind: "broken",
    reason,
    mend: "call it again: it looks first, and picks up what was left",
  };
}

function specOf({ opened, owner, run }: Acting, told: Told, left: string): ActSpec {
  const { act, environment, settings, request, project } = opened;
  const { actor, runUrl, wait } = request;
  return {
    act,
    environment,
    settings,
    owner,
    ...told,
    waitSeconds: wait ?? 0,
    actor: actor ?? "dagger",
    ...(runUrl && { runUrl }),
    news: {
      application: project.plan.name,
      runId: run.id,
      notify: project.config.notify,
      since: run.startedAt,
    },
    variables: variablesOf(opened),
    root: places.source,
    left,
  };
}

function variablesOf({ request, project }: OpenAct): Record<string, string> {
  const { githubRepository, githubUrl, railwayUrl } = request;
  const repository = githubRepository ?? project.trigger.repository;
  return {
    ...(repository && { GITHUB_REPOSITORY: repository }),
    ...(githubUrl && { GITHUB_API_URL: githubUrl }),
    ...(railwayUrl && { GANTRY_RAILWAY_URL: railwayUrl }),
  };
}
