import { notifySecrets } from "../../config/notify-secrets.ts";
import { type ActEnd, type ActSpec, type MeantVersion, tokensOf } from "../../deploy/contained.ts";
import { announceEnd } from "../../deploy/notify/announce-end.ts";
import type { OpenEnvironment } from "../../deploy/opened.ts";
import { goOn, keepHold } from "../../deploy/procedure/conclude.ts";
import { deploy, type Wanted } from "../../deploy/procedure/deploy.ts";
import type { Ended } from "../../deploy/procedure/end.ts";
import type { World } from "../../deploy/procedure/world.ts";
import { createRealWorld } from "../../deploy/real-world.ts";
import { runDeployment } from "../../deploy/shown/run.ts";
import type { Problem } from "../../errors/problem.ts";
import { createRedactor, type Redactor } from "../../execute/redact/redact.ts";
import type { RunDeployment } from "../../execute/run.ts";
import { findCommit, sourceOfCommit } from "../../host/version.ts";
import { actOnFile } from "../in-container.ts";
import { findMeant } from "./find-meant.ts";
import { openPlace } from "./open-place.ts";

/** A deploy, rollback or promotion inside a container: leaves as a file what it came to. */
export async function actInContainer(file: string): Promise<void> {
  const stop = new AbortController();
  process.once("SIGTERM", () => stop.abort());
  await actOnFile<ActSpec>(file, redactorOf, (spec) => runAct(spec, stop.signal));
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

function redactorOf(spec: ActSpec): Redactor {
  const names = [...tokensOf(spec), "GITHUB_TOKEN", ...notifySecrets(spec.news.notify)];
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
