import { exitOfUpdates, type UpdateReport } from "../../dependencies/report.ts";
import { reportText } from "../../dependencies/report-text.ts";
import { updateSettings } from "../../dependencies/settings.ts";
import type { UpdateOptions } from "../commands/update-dependencies.ts";
import type { Terminal } from "../main.ts";
import { openProject } from "../project.ts";
import { refuse } from "../refuse.ts";
import { onSignals } from "../signals.ts";
import { findBase } from "./base.ts";
import { makeUpdates } from "./make-updates.ts";

/** `gantry update-dependencies`: updates, tests, and unless it is only asked, keeps the request. */
export async function updateDependencies(
  options: UpdateOptions,
  terminal: Terminal,
): Promise<number> {
  const project = await openProject(options, terminal.env, terminal.cwd);
  if (!project.ok) return refuse(project.problems, options, terminal);
  const settings = updateSettings(project.value.config.written.dependencies);
  const base = await findBase(project.value, settings);
  if (!base.ok) return refuse(base.problems, options, terminal);
  const signals = onSignals();
  try {
    const report = await makeUpdates({
      project: project.value,
      settings,
      base: base.value,
      options,
      terminal,
      signal: signals.signal,
      today: new Date().toISOString().slice(0, 10),
    });
    const ended = signals.endedBy();
    if (ended) return ended === "SIGINT" ? 130 : 143;
    if (!report.ok) return refuse(report.problems, options, terminal);
    show(report.value, options, terminal);
    return exitOfUpdates(report.value);
  } finally {
    signals.stop();
  }
}

function show(report: UpdateReport, options: UpdateOptions, { stdout }: Terminal): void {
  stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
}
