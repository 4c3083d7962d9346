import { notifySecrets } from "../../config/notify-secrets.ts";
import { type ActEnd, type ActSpec, readActEnd } from "../../deploy/contained.ts";
import type { Run } from "../../execute/run.ts";
import type { Container, GitRef } from "../client.ts";
import { overdue, within } from "../deadline.ts";
import { places } from "../environment.ts";
import { gitContainer, procedureContainer } from "../executor/base.ts";
import { runCommand } from "../executor/command.ts";
import { showLog } from "../executor/log.ts";
import type { Site } from "../executor/site.ts";
import type { OpenAct } from "./open.ts";
import { historyOf } from "./versions.ts";

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

const specFile = "/gantry/spec.json";
const end = "act.json";

/** Runs the procedure with node in a container, with the deploy's secrets and git's history. */
export async function runContained(acting: Acting, ref: GitRef, told: Told): Promise<ActEnd> {
  const { site, opened } = acting;
  const timeoutSeconds = opened.step.timeoutSeconds + (opened.request.wait ?? 0);
  const command = {
    container: equip(acting, ref, told),
    argv: ["node", places.procedures, "act", specFile],
    timeoutSeconds,
    // It masks its own words in every encoding, so that they may be seen while it goes.
    hidden: false,
  };
  const ended = await within(runCommand(site, command), timeoutSeconds);
  if (ended === overdue) return broken("the engine gave no answer in time");
  await showLog(site, ended.out.file("log"), acting.output);
  const place = `reports/${end}`;
  const text = (await ended.out.exists(place)) ? await ended.out.file(place).contents() : "";
  return readActEnd(text) ?? broken(`its container ended with ${ended.exit} and left no result`);
}

function broken(reason: string): ActEnd {
  return {
    kind: "broken",
    reason,
    mend: "call it again: it looks first, and picks up what was left",
  };
}

function equip(acting: Acting, ref: GitRef, told: Told): Container {
  const { site, opened } = acting;
  let container = gitContainer(procedureContainer(site))
    .withMountedDirectory(places.source, site.dag.directory())
    .withDirectory(`${places.source}/.git`, historyOf(ref))
    .withWorkdir(places.source);
  for (const name of [...opened.step.secrets, ...notifySecrets(opened.project.config.notify)]) {
    const secret = site.secrets.get(name);
    if (secret) container = container.withSecretVariable(name, secret);
  }
  return (
    container
      .withMountedFile(places.procedures, site.procedures)
      .withNewFile(specFile, JSON.stringify(specOf(acting, told)))
      // What acts is never answered from the cache, not even to the same call.
      .withEnvVariable("GANTRY_ONCE", `${site.key}/${crypto.randomUUID()}`)
  );
}

function specOf({ opened, owner, run }: Acting, told: Told): ActSpec {
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
    left: `${places.reports}/${end}`,
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
