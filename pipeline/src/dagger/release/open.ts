import { parseConfig } from "../../config/parse/parse.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import type { Stage } from "../../plan/plan.ts";
import { releaseSettings } from "../../release/settings.ts";
import type { GitRef, GitRepository } from "../client.ts";
import { findBranch, mainBranch } from "../source/base-history.ts";
import { type ReadProject, readProject } from "../source/project.ts";
import type { ReleaseRequest } from "./request.ts";

/** Everything that is known before anything is done. */
export interface OpenRelease {
  readonly request: ReleaseRequest;
  readonly project: ReadProject;
  readonly stage: Stage;
  /** What is released: what is checked out, or for the pull request the branch that it comes from. */
  readonly ref: GitRef;
  readonly branch: string | undefined;
  /** The branch that releases are made from. */
  readonly main: string;
}

export async function openRelease(request: ReleaseRequest): Promise<Result<OpenRelease>> {
  const { repository, branch, pr } = request;
  if (!repository) return fail(noRepository);
  const project = await readProject({ ...request, ref: branch, eventName: "manual" });
  if (!project.ok) return project;
  const { trigger, written } = project.value;
  const main = await mainBranch(repository, project.value.config);
  const shared = { request, project: project.value, main, stage: stageOf(project.value) };
  const own = { ...shared, ref: repository.head(), branch: trigger.branch || undefined };
  const config = written && parseConfig(written.text, written.file);
  const { sync } = releaseSettings(config?.ok ? config.value.value.release : undefined);
  return ok(pr && sync !== false ? await fromBranch(own, repository, sync) : own);
}

const noRepository = {
  code: "GANTRY-NOT-A-REPOSITORY",
  message: "the folder is in no git repository, and a release is made of commits and tags",
  mend: "call it in a git repository, or give one with `--repo`",
} as const;

/** Where there is no such branch, the procedure says so. */
async function fromBranch(
  open: OpenRelease,
  repository: GitRepository,
  branch: string,
): Promise<OpenRelease> {
  if (open.branch === branch) return open;
  const found = await findBranch(repository, branch);
  return found ? { ...open, ref: found.ref, branch } : open;
}

/** The plan leaves the stage out, since nobody pushed; here it is asked for by name. */
function stageOf({ plan }: ReadProject): Stage {
  const stage = plan.stages.find(({ id }) => id === "create-release");
  if (!stage) throw new Error("the plan has no stage create-release");
  return { ...stage, run: true, reason: "asked for by name" };
}
