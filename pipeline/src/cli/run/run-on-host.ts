import { githubRunUrl } from "../../host/github/run-url.ts";
import { compiledName } from "../home.ts";
import type { Terminal } from "../main.ts";
import { onSignals } from "../signals.ts";
import { createDisplay } from "./display.ts";
import { executeOnHost } from "./execute-on-host.ts";
import type { EndedRun, Planned, RunOptions } from "./run-checks.ts";
import { runFolders } from "./run-folders.ts";
import { createRunStore, earlierTimes } from "./run-store.ts";

/** Runs the plan as processes on this machine. */
export async function runOnHost(
  planned: Planned,
  options: RunOptions,
  terminal: Terminal,
): Promise<EndedRun> {
  const { source, plan } = planned;
  const { id, folder, latest, before } = await runFolders(planned, options, terminal);
  const earlier = await earlierTimes(before);
  const display = createDisplay(options, terminal, earlier.stages);
  const store = await createRunStore(folder, latest);
  const signals = onSignals();
  const core = compiledName(process.argv[1]);
  try {
    const run = await executeOnHost({
      plan,
      source,
      id,
      store,
      ...(core && { core }),
      machine: terminal.env,
      listener: display.listener,
      signal: signals.signal,
      endedBy: signals.endedBy,
      lastSeconds: earlier.step,
      ...githubRunUrl(terminal.env),
      ended(done) {
        display.stop();
        return store.save(done);
      },
    });
    return { run, folder };
  } finally {
    display.stop();
    signals.stop();
  }
}
