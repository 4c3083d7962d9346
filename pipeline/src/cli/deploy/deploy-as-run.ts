import type { Wanted } from "../../deploy/procedure/deploy.ts";
import { emptyRun, withDeploy } from "../../deploy/shown/deploy-run.ts";
import type { Run } from "../../execute/run.ts";
import { githubRunUrl } from "../../host/github/run-url.ts";
import { sourceOfCommit } from "../../host/version.ts";
import type { OpenEnvironment } from "../environment/open.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import { runFolders } from "../run/run-folders.ts";
import { createRunStore } from "../run/run-store.ts";
import { onSignals } from "../signals.ts";
import { announceDeploy } from "./announce-deploy.ts";
import type { DeployOptions } from "./options.ts";
import { type Deployed, runDeploy } from "./run-deploy.ts";

/** Which version goes where. */
export interface Meant {
  readonly project: Project;
  readonly opened: OpenEnvironment;
  readonly wanted: Pick<Wanted, "kind" | "commit" | "tag" | "back" | "from">;
}

export interface DeployRun {
  readonly run: Run;
  readonly deployed: Deployed;
  readonly folder: string;
}

/** A deploy by its own word, with a run's folder and reports like any other. */
export async function deployAsRun(
  meant: Meant,
  options: DeployOptions,
  terminal: Terminal,
): Promise<DeployRun> {
  const { project } = meant;
  const { id, folder, latest } = await runFolders(project, options, terminal);
  const startedAt = new Date().toISOString();
  const empty = emptyRun(project.plan, { id, executor: "host", startedAt });
  const before = { ...empty, ...githubRunUrl(terminal.env) };
  const store = await createRunStore(folder, latest);
  return deployInto({ before, folder, store }, meant, options, terminal);
}

export interface RunSoFar {
  /** What was checked before; its reports are written anew, with the deploy in them. */
  readonly before: Run;
  readonly folder: string;
  readonly store: Awaited<ReturnType<typeof createRunStore>>;
}

/** Deploys as one more stage of a run. */
export async function deployInto(
  { before, folder, store }: RunSoFar,
  { project, opened, wanted }: Meant,
  options: DeployOptions,
  terminal: Terminal,
): Promise<DeployRun> {
  const signals = onSignals();
  try {
    const source = await sourceOfCommit(project.source.root, wanted.commit);
    const deployed = await runDeploy({
      project,
      opened,
      wanted: {
        ...wanted,
        source,
        again: options.again ?? false,
        waitSeconds: options.wait ?? 0,
      },
      runId: before.id,
      runUrl: before.url,
      store,
      terminal,
      quiet: options.quiet ?? false,
      verbose: options.verbose ?? false,
      signals,
    });
    const meant = { project, opened, wanted };
    const ended = withDeploy(before, { ...deployed, endedBy: signals.endedBy() });
    const run = await announceDeploy({ run: ended, deployed, meant }, options, terminal);
    await store.save(run);
    return { run, deployed, folder };
  } finally {
    signals.stop();
  }
}
