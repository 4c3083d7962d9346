import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fail, ok, type Result } from "../../errors/problem.ts";
import type { Dashboard } from "../../report/dashboard/dashboard.ts";
import { makeDashboard } from "../../report/dashboard/make-dashboard.ts";
import { dashboardHtml } from "../../report/dashboard/page/page.ts";
import { dashboardText } from "../../report/dashboard/terminal.ts";
import { createPen } from "../../report/terminal/paint.ts";
import { useColor } from "../color.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import { openProject } from "../project.ts";
import { refuse } from "../refuse.ts";
import { gather } from "./gather.ts";

export interface DashboardOptions extends CommonOptions {
  readonly since: number;
  readonly output?: string;
  readonly runs?: string;
  readonly env?: string;
}

/** `gantry dashboard`: reads, calculates, writes the page, and says the short of it. */
export async function showDashboard(
  options: DashboardOptions,
  terminal: Terminal,
): Promise<number> {
  const { since, runs, env: environment, output } = options;
  const project = await openProject({ ...options, event: "manual" }, terminal.env, terminal.cwd);
  if (!project.ok) return refuse(project.problems, options, terminal);
  const page = output
    ? resolve(terminal.cwd, output)
    : join(project.value.source.root, ".gantry", "dashboard.html");
  const request = { project: project.value, since, environment, runs, page, terminal };
  const facts = await gather(request);
  if (!facts.ok) return refuse(facts.problems, options, terminal);
  const dashboard = makeDashboard(facts.value);
  const written = await writePage(page, dashboardHtml(dashboard));
  if (!written.ok) return refuse(written.problems, options, terminal);
  say(dashboard, page, options, terminal);
  return 0;
}

/** A disk that is full or may not be written is nothing special to this command: see `main.ts`. */
async function writePage(page: string, text: string): Promise<Result<true>> {
  try {
    await mkdir(dirname(page), { recursive: true });
    await writeFile(page, text);
    return ok(true);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!/^(EISDIR|ENOTDIR|EEXIST|ENAMETOOLONG)$/.test(code)) throw error;
    return fail({
      code: "GANTRY-USAGE",
      message: `the page cannot stand at ${page}: that is no place for a file (${code})`,
      mend: "name a file after `--output`, in a folder that is or can be made",
    });
  }
}

function say(
  dashboard: Dashboard,
  page: string,
  options: DashboardOptions,
  terminal: Terminal,
): void {
  const { stdout, stderr } = terminal;
  const pen = createPen({ color: useColor(options, terminal), width: stdout.columns ?? 100 });
  stdout.write(
    options.json ? `${JSON.stringify(dashboard, null, 2)}\n` : `${dashboardText(dashboard, pen)}\n`,
  );
  if (!options.quiet) stderr.write(`page: ${page}\n`);
}
