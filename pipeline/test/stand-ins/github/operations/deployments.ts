import {
  type Asked,
  invalid,
  notFound,
  type Operations,
  paged,
  refusal,
  said,
} from "../http/asked.ts";
import { commitOf } from "../world/git.ts";
import type { Deployment, DeploymentStatus } from "../world/model.ts";
import { timeOf } from "../world/time.ts";
import type { World } from "../world/world.ts";
import { userView } from "./views.ts";

interface NewDeployment {
  readonly ref: string;
  readonly task?: string;
  readonly environment?: string;
  readonly payload?: unknown;
  readonly description?: string | null;
  readonly auto_merge?: boolean;
  readonly production_environment?: boolean;
  readonly transient_environment?: boolean;
}

interface NewStatus {
  readonly state: string;
  readonly description?: string;
  readonly environment?: string;
  readonly environment_url?: string;
  readonly log_url?: string;
  readonly auto_inactive?: boolean;
}

export const deployments: Operations = {
  "repos/list-deployments": (world, { search }) => {
    const asked = ["environment", "task", "sha", "ref"] as const;
    const found = world.deployments.filter((one) =>
      asked.every((key) => !search.has(key) || one[key] === search.get(key)),
    );
    return paged(world, { search }, found.toReversed().map(deploymentView), {
      below: "/deployments",
    });
  },

  "repos/get-deployment": (world, { path }) => {
    const found = deploymentOf(world, path);
    return found ? said(200, deploymentView(found)) : notFound;
  },

  "repos/create-deployment": (world, { body, login }: Asked<NewDeployment>) => {
    const commit = commitOf(world, body.ref);
    if (!commit) return refusal(422, `No ref found for: ${body.ref}`);
    if (body.auto_merge !== false) return refusal(409, "Conflict merging main into the ref");
    const environment = body.environment ?? "production";
    const deployment: Deployment = {
      id: world.nextId(),
      sha: commit.sha,
      ref: body.ref,
      task: body.task ?? "deploy",
      environment,
      payload: body.payload ?? "",
      description: body.description ?? null,
      creator: login,
      created_at: timeOf(world),
      transient_environment: body.transient_environment ?? false,
      production_environment: body.production_environment ?? environment === "production",
      statuses: [],
    };
    world.deployments.push(deployment);
    return said(201, deploymentView(deployment));
  },

  "repos/list-deployment-statuses": (world, { path, search }) => {
    const found = deploymentOf(world, path);
    if (!found) return notFound;
    const statuses = found.statuses.toReversed().map(statusView);
    return paged(world, { search }, statuses, { below: `/deployments/${found.id}/statuses` });
  },

  "repos/create-deployment-status": (world, { path, body, login }: Asked<NewStatus>) => {
    const found = deploymentOf(world, path);
    if (!found) return notFound;
    if ((body.description ?? "").length > 140) {
      return invalid("DeploymentStatus", "description", "custom", "description is too long");
    }
    const status = newStatus(world, found, body, login);
    found.statuses.push(status);
    if (body.state === "success" && body.auto_inactive !== false) endEarlier(world, found, login);
    return said(201, statusView(status));
  },
};

/** What GitHub does by itself, unless told: only one deployment of an environment stays active. */
function endEarlier(world: World, latest: Deployment, login: string): void {
  for (const one of world.deployments) {
    const isPlain = !one.transient_environment && !one.production_environment;
    const isEarlier = one.environment === latest.environment && one.id < latest.id;
    if (!isPlain || !isEarlier || one.statuses.at(-1)?.state !== "success") continue;
    one.statuses.push(newStatus(world, one, { state: "inactive" }, login));
  }
}

function newStatus(
  world: World,
  { environment }: Deployment,
  body: NewStatus,
  creator: string,
): DeploymentStatus {
  return {
    id: world.nextId(),
    state: body.state,
    description: body.description ?? "",
    environment: body.environment ?? environment,
    environment_url: body.environment_url ?? "",
    log_url: body.log_url ?? "",
    target_url: body.log_url ?? "",
    creator,
    created_at: timeOf(world),
  };
}

function deploymentOf(world: World, path: Asked["path"]): Deployment | undefined {
  return world.deployments.find(({ id }) => id === Number(path.deployment_id));
}

function deploymentView({ statuses, creator, ...same }: Deployment): object {
  const updated_at = statuses.at(-1)?.created_at ?? same.created_at;
  return {
    ...same,
    original_environment: same.environment,
    creator: userView(creator),
    updated_at,
  };
}

function statusView({ creator, ...same }: DeploymentStatus): object {
  return { ...same, creator: userView(creator), updated_at: same.created_at };
}
