import { findUpdates } from "../../dependencies/find-updates.ts";
import type { FileContent, UpdateReport } from "../../dependencies/report/report.ts";
import { checkedRun } from "../../dependencies/search/checked-run.ts";
import type { Checked } from "../../dependencies/search/ports.ts";
import type { Directory } from "../client.ts";
import { runProject } from "../run/run.ts";
import { readProject } from "../source/project.ts";
import { factsInContainer } from "./facts.ts";
import { createFiles, type Files } from "./files.ts";
import { lockInContainer } from "./lock.ts";
import type { OpenUpdates } from "./open.ts";

export interface FoundUpdates {
  readonly report: UpdateReport;
  /** A folder with everything that went through laid into it. */
  readonly lay: (directory: Directory) => Directory;
}

/** Updates and tests in containers. Nothing in the world changes. */
export async function findInContainers(opened: OpenUpdates): Promise<FoundUpdates> {
  const { project, settings, base } = opened;
  const { config, survey, plan, source } = project;
  const files = createFiles();
  let number = 0;
  const report = await findUpdates(
    {
      config,
      survey,
      plan,
      settings,
      base: base.branch,
      commit: base.commit,
      today: new Date().toISOString().slice(0, 10),
    },
    {
      async read(path) {
        const file = source.directory.file(path);
        const text = await file.contents().catch(() => undefined);
        if (text !== undefined) files.keep(text, file);
        return text;
      },
      lock: (site, begin, packages) => lockInContainer(opened, { files, site, begin, packages }),
      check(changed, trying) {
        number += 1;
        const what = trying.length === 0 ? "without updates" : `with ${trying.length} updates`;
        console.error(`test run ${number}: ${what}`);
        return checkFiles(opened, files, changed);
      },
      facts: (asked) => factsInContainer(opened, asked),
    },
  );
  return { report, lay: (directory) => files.lay(directory, report.files) };
}

/** Runs the checks with some files changed, as a pull request with them would be checked. */
async function checkFiles(
  { request, project, trigger, key, secrets }: OpenUpdates,
  files: Files,
  changed: readonly FileContent[],
): Promise<Checked> {
  const source = files.lay(project.source.directory, changed);
  const planned = await readProject({ ...request, source }, trigger);
  if (!planned.ok) {
    const reason = planned.problems.map(({ message }) => message).join("; ");
    return { verdict: "unknown", reason, components: [] };
  }
  const { run } = await runProject(request, planned.value, { id: "updates", key, secrets });
  return checkedRun(run);
}
