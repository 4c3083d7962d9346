import type { ActEnd } from "../../deploy/contained.ts";
import { emptyRun, withDeploy } from "../../deploy/shown/deploy-run.ts";
import { deployStageRun } from "../../deploy/shown/run.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { problemsOfEnd } from "../../execute/contained-end.ts";
import type { Run, StepRun } from "../../execute/run.ts";
import type { GitRef } from "../client.ts";
import { createRunFolder, type RunFolder } from "../run/folder.ts";
import { runKey } from "../run/key.ts";
import { type FinishedRun, siteOf } from "../run/run.ts";
import { type GivenSecrets, readSecrets } from "../secrets.ts";
import { type Acting, runContained, type Told } from "./contain.ts";
import { keepAlive } from "./keep-alive.ts";
import { type OpenAct, openAct } from "./open.ts";
import type { ActRequest, Asked } from "./request.ts";
import { testDeployed } from "./test-deployed.ts";
import { findCommit } from "./versions.ts";

/**
 * A deploy, rollback or promotion: the procedure runs in containers, and the tests that follow a
 * deploy in others between two of them. The run's folder is complete whatever the verdict.
 */
export async function act(request: ActRequest, asked: Asked): Promise<Result<FinishedRun>> {
  const opened = await openAct(request, asked);
  if (!opened.ok) return opened;
  const { id, key } = runKey(request);
  const startedAt = new Date().toISOString();
  const empty = emptyRun(opened.value.project.plan, { id, executor: "dagger", startedAt });
  const before: Run = { ...empty, ...(request.runUrl && { url: request.runUrl }) };
  const running = await start(opened.value, before, key);
  const ended = await runToItsEnd(running, {}, opened.value.version.ref);
  if (!ended.ok) return ended;
  const { stage } = opened.value;
  const { deployment, warnings } = ended.value;
  const deployed = deployStageRun(stage, deployment, running.tests);
  const run = {
    ...withDeploy(before, { deployment, stage: deployed }),
    warnings: [...before.warnings, ...warnings],
    tools: Object.fromEntries(running.acting.site.versions),
  };
  return ok({ run, folder: await running.folder.save(run) });
}

type Ended = Extract<ActEnd, { kind: "ended" }>;

interface Running {
  readonly acting: Acting;
  readonly folder: RunFolder;
  readonly secrets: GivenSecrets;
  /** The tests that were run, as steps of the deploy's stage. */
  readonly tests: StepRun[];
}

async function start(opened: OpenAct, run: Run, key: string): Promise<Running> {
  const { request, project, stage } = opened;
  const secrets = await readSecrets(request.secrets ?? []);
  // Two calls may be given one run's name; only one of them may hold the environment.
  const once = `${key}/${crypto.randomUUID()}`;
  const site = siteOf(request, project, once, secrets.byName);
  const folder = createRunFolder(site);
  const owner = `${request.githubRepository ?? "dagger"} run ${run.id} (${once.slice(-8)})`;
  const output = (text: string): Promise<void> => folder.log(stage.id, "deploy", text);
  return { acting: { opened, site, owner, run, output }, folder, secrets, tests: [] };
}

async function runToItsEnd(running: Running, first: Told, from: GitRef): Promise<Result<Ended>> {
  let ref = from;
  for (let told = first; ; ) {
    const end = await runContained(running.acting, ref, told);
    switch (end.kind) {
      case "ended":
        return ok(end);
      case "wants-history":
        ref = (await elsewhere(running, end.meant.commit)) ?? ref;
        told = { meant: end.meant };
        break;
      case "wants-tests":
        told = { meant: end.meant, tested: await test(running, ref, end) };
        break;
      default:
        return fail(...problemsOfEnd(end.kind === "kept" ? keptOnly : end, "GANTRY-PROVIDER"));
    }
  }
}

async function elsewhere({ acting }: Running, commit: string): Promise<GitRef | undefined> {
  const { repository } = acting.opened.request;
  return repository && findCommit(repository, commit);
}

async function test(
  { acting, folder, secrets, tests }: Running,
  ref: GitRef,
  { key, target, meant }: Extract<ActEnd, { kind: "wants-tests" }>,
) {
  const stop = keepAlive(() => runContained(acting, ref, { meant, keep: key }));
  try {
    const secret = (name: string): string | undefined => secrets.values.get(name);
    const tested = await testDeployed({ acting, target, folder, secret });
    tests.push(...tested.steps);
    return { key, end: tested.end };
  } finally {
    await stop();
  }
}

const keptOnly = {
  kind: "broken",
  reason: "it kept an attempt, and was asked for more",
  mend: "this is a bug in Gantry: please report it",
} as const;
