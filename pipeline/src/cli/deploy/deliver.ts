import { fail, ok, type Result } from "../../errors/problem.ts";
import type { Run } from "../../execute/run.ts";
import { findCommit, versionTag } from "../../host/version.ts";
import { type OpenEnvironment, openEnvironment } from "../environment/open.ts";
import type { Terminal } from "../main.ts";
import { openProject, type Project } from "../project.ts";
import { refuse } from "../refuse.ts";
import { type CiOptions, type EndedRun, runPlanned, showRun } from "../run/run-checks.ts";
import { createRunStore } from "../run/run-store.ts";
import { deployInto, type Meant } from "./deploy-as-run.ts";
import { hasUncommitted } from "./deploy-command.ts";
import type { DeployOptions } from "./options.ts";
import { releaseAfter } from "./release-after.ts";
import { showEnd } from "./show-end.ts";

export type DeliverOptions = DeployOptions & CiOptions;

/** The whole road: the checks of a push to the environment's branch, deploy, proof, release. */
export async function deliverCommand(options: DeliverOptions, terminal: Terminal): Promise<number> {
  const ready = await getReady(options, terminal);
  if (!ready.ok) return refuse(ready.problems, options, terminal);
  const { meant } = ready.value;
  const checked = await runPlanned(meant.project, options, terminal);
  if (!checked.ok) return refuse(checked.problems, options, terminal);
  if ("cancelled" in checked.value) return checked.value.cancelled;
  const objection = objectionTo(checked.value.run, meant.opened);
  if (objection) return endBeforeDeploy(checked.value, objection, options, terminal);
  const { run: before, folder } = checked.value;
  const store = await createRunStore(folder, undefined);
  const delivered = await deployInto({ before, folder, store }, meant, options, terminal);
  const { project } = meant;
  const run = await releaseAfter({ run: delivered.run, folder, project, options, terminal });
  if (run !== delivered.run) await store.save(run);
  await showRun({ run, folder }, options, terminal);
  showEnd(delivered.deployed, { folder, options, terminal });
  return run.exit;
}

async function getReady(
  options: DeliverOptions,
  { env, cwd }: Terminal,
): Promise<Result<{ readonly meant: Meant }>> {
  const first = await openProject({ ...options, event: "manual" }, env, cwd);
  if (!first.ok) return first;
  const opened = await openEnvironment(first.value, options.env, env);
  if (!opened.ok) return opened;
  const branch = options.branch ?? opened.value.environment.branch;
  const pushed = { ...options, event: "push", ...(branch && { branch }) } as const;
  const project = await openProject(pushed, env, cwd);
  if (!project.ok) return project;
  const commit = await committed(project.value);
  if (!commit.ok) return commit;
  const tag = await versionTag(project.value.source.root, commit.value);
  const wanted = { kind: "deploy", commit: commit.value, ...(tag && { tag }) } as const;
  return ok({ meant: { project: project.value, opened: opened.value, wanted } });
}

/** What is checked must be what is deployed: a commit, and nothing beside it. */
async function committed(project: Project): Promise<Result<string>> {
  const commit = await findCommit(project.source.root, "HEAD");
  if (!commit.ok) return commit;
  if (!(await hasUncommitted(project, commit.value))) return commit;
  return fail({
    code: "GANTRY-UNCOMMITTED",
    message:
      "there are changes that are not committed: what is checked would not be what is deployed",
    mend: "commit them or put them aside (`git stash --include-untracked`)",
  });
}

/** Why what was checked must not be deployed, if so. */
function objectionTo(run: Run, { environment }: OpenEnvironment): string | undefined {
  if (run.verdict !== "passed") return `the checks ended ${run.verdict}`;
  const unseen = run.stages.some(({ notChecked }) => notChecked.includes("image"));
  if (unseen && environment.settings.dockerfilePath !== undefined) {
    return "the image was not checked, and it is what would be deployed";
  }
  return undefined;
}

async function endBeforeDeploy(
  ended: EndedRun,
  objection: string,
  options: DeliverOptions,
  terminal: Terminal,
): Promise<number> {
  await showRun(ended, options, terminal);
  terminal.stderr.write(`✗ nothing was deployed: ${objection}\n`);
  return ended.run.exit === 0 ? 3 : ended.run.exit;
}
