import { dirname } from "node:path";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { exitCodeOf } from "../../execute/verdict.ts";
import { runOnDagger } from "../../host/dagger-cli.ts";
import { makeGantryFolder } from "../../host/gantry-folder.ts";
import { gantryHome } from "../home.ts";
import type { Terminal } from "../main.ts";
import { onSignals } from "../signals.ts";
import type { EndedRun, Planned, RunOptions } from "./run-checks.ts";
import { runFolders } from "./run-folders.ts";
import { pointLatest } from "./run-store.ts";

/** Hands the plan over to the Dagger module, and brings the run's folder back. */
export async function runWithDagger(
  planned: Planned,
  options: RunOptions,
  terminal: Terminal,
): Promise<Result<EndedRun | { readonly cancelled: number }>> {
  const { plan, source } = planned;
  const { id, folder, latest } = await runFolders(planned, options, terminal);
  const signals = onSignals();
  try {
    const end = await runOnDagger({
      plan,
      root: source.root,
      gantry: dirname(gantryHome()),
      runId: id,
      folder,
      scratch: await makeGantryFolder(source.root),
      env: terminal.env,
      output: async (text) => {
        if (!options.quiet) terminal.stderr.write(text);
      },
      signal: signals.signal,
    });
    if (end.kind === "failed") return fail(...end.problems);
    // The engine ends a cancelled call at once, and hands no report over.
    if (end.kind === "cancelled")
      return ok({ cancelled: exitCodeOf("cancelled", signals.endedBy()) });
    if (latest) await pointLatest(folder, latest);
    return ok({ run: end.run, folder });
  } finally {
    signals.stop();
  }
}
