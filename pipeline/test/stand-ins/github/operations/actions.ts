import { type Asked, notFound, type Operations, paged, refusal, said } from "../http/asked.ts";
import { signedAddress } from "../http/store.ts";
import type { Artifact, WorkflowRun } from "../world/model.ts";
import { artifactOf } from "../world/workflow-runs.ts";
import type { World } from "../world/world.ts";
import { digestOf } from "./digest.ts";
import { pageOf } from "./views.ts";

export const actions: Operations = {
  "actions/list-workflow-runs": (world, { path, search }) => {
    const file = path.workflow_id as string;
    const ofFile = world.workflowRuns.filter((run) => run.file === file);
    if (ofFile.length === 0) return notFound;
    const shown = ofFile.filter((run) => isAsked(run, search)).toReversed();
    const below = `/actions/workflows/${file}/runs`;
    const views = shown.map((run) => runView(world, run));
    return paged(world, { search }, views, { below, key: "workflow_runs" });
  },

  "actions/get-workflow-run": (world, { path }) => {
    const run = world.workflowRuns.find(({ id }) => id === Number(path.run_id));
    return run ? said(200, runView(world, run)) : notFound;
  },

  "actions/list-workflow-run-artifacts": (world, { path, search }) => {
    const run = world.workflowRuns.find(({ id }) => id === Number(path.run_id));
    if (!run) return notFound;
    const name = search.get("name");
    const shown = run.artifacts.filter((one) => name === null || one.name === name).toReversed();
    const below = `/actions/runs/${run.id}/artifacts`;
    const views = shown.map((one) => artifactView(world, run, one));
    return paged(world, { search }, views, { below, key: "artifacts" });
  },

  "actions/download-artifact": (world, { path }) => {
    const found = artifactOf(world, Number(path.artifact_id));
    if (!found || path.archive_format !== "zip") return notFound;
    if (found.expired) return refusal(410, "Artifact has expired");
    return { ...said(302), headers: { Location: signedAddress(world, found) } };
  },
};

function isAsked(run: WorkflowRun, search: Asked["search"]): boolean {
  const asked: readonly (readonly [string, string])[] = [
    ["branch", run.head_branch],
    ["event", run.event],
    ["status", run.conclusion ?? "in_progress"],
    ["head_sha", run.head_sha],
  ];
  return asked.every(([key, value]) => !search.has(key) || search.get(key) === value);
}

function runView(world: World, run: WorkflowRun): object {
  const { file, fromFork, attempt, artifacts, ...same } = run;
  return {
    ...same,
    run_attempt: attempt,
    status: run.conclusion === null ? "in_progress" : "completed",
    path: `.github/workflows/${file}`,
    html_url: pageOf(world, `actions/runs/${run.id}`),
    repository: { id: 1 },
    head_repository: { id: fromFork ? 2 : 1 },
    updated_at: run.created_at,
  };
}

function artifactView(world: World, run: WorkflowRun, artifact: Artifact): object {
  const { content, ...same } = artifact;
  const { owner, name } = world.options;
  const url = `${world.address}/repos/${owner}/${name}/actions/artifacts/${artifact.id}`;
  return {
    ...same,
    size_in_bytes: content.length,
    digest: digestOf(content),
    url,
    archive_download_url: `${url}/zip`,
    workflow_run: { id: run.id, head_branch: run.head_branch, head_sha: run.head_sha },
  };
}
