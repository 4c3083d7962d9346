import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { notifySecrets } from "../../config/notify-secrets.ts";
import type { ActEnd, ActSpec, MeantVersion } from "../../deploy/contained.ts";
import { announceEnd } from "../../deploy/notify/announce-end.ts";
import type { OpenEnvironment } from "../../deploy/opened.ts";
import { goOn, keepHold } from "../../deploy/procedure/conclude.ts";
import { deploy, type Wanted } from "../../deploy/procedure/deploy.ts";
import type { Ended } from "../../deploy/procedure/end.ts";
import type { World } from "../../deploy/procedure/world.ts";
import { createRealWorld } from "../../deploy/real-world.ts";
import { runDeployment } from "../../deploy/shown/run.ts";
import type { Problem } from "../../errors/problem.ts";
import { ownFailure } from "../../execute/own-failure.ts";
import { createRedactor, type Redactor } from "../../execute/redact.ts";
import type { RunDeployment } from "../../execute/run.ts";
import { findCommit, sourceOfCommit } from "../../host/version.ts";
import { findMeant } from "./find-meant.ts";
import { openPlace } from "./open-place.ts";

/** A deploy, rollback or promotion inside a container: leaves as a file what it came to. */
export async function actInContainer(file: string): Promise<void> {
  const spec = JSON.parse(await readFile(file, "utf8")) as ActSpec;
  const stop = new AbortController();
  process.once("SIGTERM", () => stop.abort());
  const end = await withoutThrowing(spec, () => runAct(spec, stop.signal));
  await mkdir(dirname(spec.left), { recursive: true });
  await writeFile(spec.left, JSON.stringify(end));
}

/** A bug is said like any other failure of the world; whatever it says goes through the mask. */
async function withoutThrowing(spec: ActSpec, act: () => Promise<ActEnd>): Promise<ActEnd> {
  try {
    return await act();
  } catch (error) {
    const { reason, mend } = ownFailure(error);
    return { kind: "broken", reason: redactorOf(spec).text(reason), mend };
  }
}

async function runAct(spec: ActSpec, signal: AbortSignal): Promise<ActEnd> {
  const opened = openPlace(spec, spec);
  if (!opened.ok) return problems(opened.problems);
  const world = worldOf(spec, opened.value, signal);
  if (spec.keep !== undefined) return { kind: "kept", kept: await keepHold(world, spec.keep) };
  const meant = spec.meant ?? (await findMeant(spec, opened.value));
  if ("problems" in meant) return problems(meant.problems);
  const known = await findCommit(spec.root, meant.commit);
  // What the provider brings back needs no source.
  if (!known.ok && !spec.meant) return { kind: "wants-history", meant };
  if (!known.ok && !meant.back) return problems(known.problems);
  return bring(spec, world, meant);
}

async function bring(spec: ActSpec, world: World, meant: MeantVersion): Promise<ActEnd> {
  const wanted = await wantedOf(spec, meant);
  const end = spec.tested ? await goOn(world, wanted, spec.tested) : await deploy(world, wanted);
  if (end.kind === "wants-tests") return { ...end, meant };
  const { name, provider } = spec.environment;
  const deployment = runDeployment({
    end,
    kind: meant.kind,
    environment: name,
    provider,
    commit: meant.commit,
    tag: meant.tag,
    seconds: (Date.now() - Date.parse(spec.news.since)) / 1000,
  });
  return { kind: "ended", deployment, warnings: await tellWorld(spec, end, deployment) };
}

/** What goes wrong here is a warning, and changes nothing about how the deploy ended. */
async function tellWorld(spec: ActSpec, end: Ended, deployment: RunDeployment): Promise<string[]> {
  const { application, runId, notify } = spec.news;
  const url = spec.runUrl;
  const { warnings, notes } = await announceEnd({
    run: { id: runId, stages: [], plan: { name: application }, ...(url !== undefined && { url }) },
    deployment,
    end,
    actor: spec.actor,
    notify,
    variables: { ...process.env, ...spec.variables },
    redactor: redactorOf(spec),
  });
  for (const note of notes) process.stdout.write(`· ${note}\n`);
  for (const warning of warnings) process.stdout.write(`! ${warning}\n`);
  return [...warnings];
}

function redactorOf({ environment, news }: ActSpec): Redactor {
  const names = [environment.token, "GITHUB_TOKEN", ...notifySecrets(news.notify)];
  return createRedactor(names.flatMap((name) => process.env[name] ?? []));
}

async function wantedOf(spec: ActSpec, meant: MeantVersion): Promise<Wanted> {
  const { act, actor, runUrl, waitSeconds, root } = spec;
  return {
    ...meant,
    actor,
    runUrl,
    waitSeconds,
    source: await sourceOfCommit(root, meant.commit),
    again: act.kind === "deploy" && act.again,
  };
}

function worldOf({ owner, root }: ActSpec, opened: OpenEnvironment, signal: AbortSignal): World {
  return createRealWorld({
    opened,
    root,
    owner,
    signal,
    folder: async (commit) => `/tmp/gantry/versions/${commit}`,
    say: (line) => void process.stdout.write(`${line}\n`),
    // They run in containers of their own, which see no secret of the deploy.
    tests: undefined,
  });
}

function problems(found: readonly Problem[]): ActEnd {
  return { kind: "problems", problems: [...found] };
}
