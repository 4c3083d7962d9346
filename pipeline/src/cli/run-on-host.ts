import { execute } from "../execute/execute.ts";
import { createHostExecutor } from "../host/executor/host.ts";
import { createDisplay } from "./display.ts";
import { gantryHome } from "./home.ts";
import type { Terminal } from "./main.ts";
import type { Project } from "./project.ts";
import type { CiOptions, EndedRun } from "./run-checks.ts";
import { runFolders } from "./run-folders.ts";
import { createRunStore, earlierTimes } from "./run-store.ts";
import { onSignals } from "./signals.ts";

/** Runs the plan as processes on this machine. */
export async function runOnHost(
  project: Project,
  options: CiOptions,
  terminal: Terminal,
): Promise<EndedRun> {
  const { source, plan, survey } = project;
  const { id, folder, latest, before } = await runFolders(project, options, terminal);
  const earlier = await earlierTimes(before);
  const display = createDisplay(options, terminal, earlier.stages);
  const store = await createRunStore(folder, latest);
  const executor = await createHostExecutor({
    plan,
    source,
    runId: id,
    runFolder: folder,
    home: gantryHome(),
    machine: terminal.env,
  });
  const signals = onSignals();
  try {
    const run = await execute({
      plan,
      executor,
      id,
      startedAt: new Date().toISOString(),
      now: () => performance.now(),
      listener: display.listener,
      signal: signals.signal,
      endedBy: signals.endedBy,
      secret: (name) => terminal.env[name],
      log: store.log,
      files: survey.files,
      lastSeconds: earlier.step,
      ...githubRunUrl(terminal.env),
    });
    display.stop();
    await store.save(run);
    return { run, folder };
  } finally {
    display.stop();
    await executor.close();
    signals.stop();
  }
}

export function githubRunUrl(env: NodeJS.ProcessEnv): { url?: string } {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return server && repository && run ? { url: `${server}/${repository}/actions/runs/${run}` } : {};
}
