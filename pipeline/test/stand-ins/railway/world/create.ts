import { walk } from "./lifecycle.ts";
import type { Deployment } from "./model.ts";
import type { World } from "./world.ts";

/** The three ways in which a deployment comes about. */

export interface Upload extends Pick<Deployment, "instance" | "source" | "behaviour"> {
  readonly message: string | null;
}

export function deployUpload(world: World, { message, ...upload }: Upload): Deployment {
  return create(world, {
    ...upload,
    reason: "deploy",
    snapshotId: world.newId(),
    variables: upload.instance.variables,
    settings: upload.instance.settings,
    meta: message === null ? {} : { cliMessage: message },
  });
}

/** The same image again, with the variables and settings of now. */
export function redeploy(world: World, earlier: Deployment): Deployment {
  return create(world, {
    ...inherited(earlier),
    reason: "redeploy",
    variables: earlier.instance.variables,
    settings: earlier.instance.settings,
  });
}

/** The same image again, with the variables and settings that it had. */
export function rollBack(world: World, earlier: Deployment): Deployment {
  return create(world, {
    ...inherited(earlier),
    reason: "rollback",
    variables: earlier.variables,
    settings: earlier.settings,
  });
}

function inherited(earlier: Deployment) {
  const { instance, source, snapshotId, behaviour, meta } = earlier;
  return { instance, source, snapshotId, behaviour, meta };
}

type Given = Pick<
  Deployment,
  "instance" | "source" | "reason" | "snapshotId" | "variables" | "settings" | "behaviour" | "meta"
>;

function create(world: World, given: Given): Deployment {
  const now = world.clock.now();
  const deployment: Deployment = {
    ...given,
    id: world.newId(),
    createdAt: now,
    meta: { ...given.meta, reason: given.reason, imageDigest: `sha256:${given.source.sha256}` },
    fault: world.faults.takeForDeployment(),
    status: "QUEUED",
    statusUpdatedAt: now,
    wentLive: false,
    imageGone: false,
    stopped: false,
    restarts: 0,
    app: undefined,
    next: () => {},
    buildLogs: [],
    deployLogs: [],
    events: [],
  };
  world.deployments.push(deployment);
  world.journal.note("created", deployment, given.reason);
  walk(world, deployment);
  return deployment;
}
