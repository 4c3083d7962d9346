import {
  actOnce,
  type Connection,
  createDeployment,
  createDeploymentStatus,
  type Deployment,
  type DeploymentState,
  type DeploymentStatus,
  findDeployment,
  listDeploymentStatuses,
  listDeployments,
} from "../../github/client/index.ts";
import { type Answer, mapOk, ok, refused, thenOk } from "../../network/answer.ts";
import { type Attempt, type Entry, type Opening, opening as openingForm } from "./entry.ts";
import { standingOf } from "./state.ts";
import { entryOf, lineOf } from "./status-line.ts";
import type { RecordStore } from "./store.ts";

const task = "gantry";

/**
 * Keeps an environment's record in GitHub Deployments: an attempt is a deployment, whose number
 * GitHub gives and which carries the opening; each entry is one of its statuses. People see the
 * same on the repository's page.
 */
export function createGithubStore(connection: Connection, environment: string): RecordStore {
  // What has ended is never read differently again.
  const ended = new Map<number, Attempt>();
  const read = async (deployment: Deployment, opening: Opening): Promise<Answer<Attempt>> => {
    const known = ended.get(deployment.id);
    if (known) return ok(known);
    const statuses = await listDeploymentStatuses(connection, deployment.id);
    return mapOk(statuses, (list) => {
      const entries = inOrder(list).flatMap(({ description }) => entryOf(description) ?? []);
      const attempt: Attempt = { fence: deployment.id, opening, entries };
      if (standingOf(attempt).state.at === "ended") ended.set(deployment.id, attempt);
      return attempt;
    });
  };
  const newest = (first: number) => listDeployments(connection, { environment, task, first });
  return {
    place: `GitHub Deployments of ${connection.repository.owner}/${connection.repository.name}`,
    attempts: async (atMost) => thenOk(await newest(atMost), (list) => readAll(list, read)),
    attempt: async (fence) =>
      thenOk(await findDeployment(connection, fence), (deployment) => {
        const opening = deployment && openingOf(deployment);
        return deployment && opening
          ? read(deployment, opening)
          : refused(`no attempt ${fence}`, 404);
      }),
    open: async (opening) =>
      mapOk(
        await actOnce(connection, {
          look: async () =>
            mapOk(await newest(10), (list) =>
              list.find((one) => openingOf(one)?.key === opening.key),
            ),
          act: () =>
            createDeployment(connection, {
              ref: opening.commit,
              environment,
              task,
              payload: opening,
              description: `${opening.kind} ${opening.tag ?? opening.commit.slice(0, 12)}`,
              production: environment === "production",
            }),
        }),
        ({ value }) => value.id,
      ),
    append: (fence, entry) => appendStatus(connection, fence, entry),
  };
}

async function readAll(
  list: readonly Deployment[],
  read: (deployment: Deployment, opening: Opening) => Promise<Answer<Attempt>>,
): Promise<Answer<readonly Attempt[]>> {
  const attempts: Attempt[] = [];
  for (const deployment of list.toSorted((a, b) => b.id - a.id)) {
    const opening = openingOf(deployment);
    if (!opening) continue;
    const attempt = await read(deployment, opening);
    if (attempt.kind !== "ok") return attempt;
    attempts.push(attempt.value);
  }
  return ok(attempts);
}

/** As they were made, in whatever order they are listed. */
function inOrder(list: readonly DeploymentStatus[]): readonly DeploymentStatus[] {
  return list.toSorted((a, b) => a.id - b.id);
}

/** Others may write deployments of this task as well; what is no opening is none of ours. */
function openingOf({ payload }: Deployment): Opening | undefined {
  const value = typeof payload === "string" ? parse(payload) : payload;
  return openingForm.safeParse(value).data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function appendStatus(
  connection: Connection,
  fence: number,
  entry: Entry,
): Promise<Answer<true>> {
  const description = lineOf(entry);
  const done = await actOnce(connection, {
    look: async () =>
      mapOk(await listDeploymentStatuses(connection, fence), (list) =>
        list.find((status) => status.description === description),
      ),
    act: () =>
      createDeploymentStatus(connection, fence, {
        state: stateFor(entry),
        description,
        autoInactive: entry.event === "ended" && entry.verdict === "live",
      }),
  });
  return mapOk(done, () => true as const);
}

/** How GitHub shows it. */
function stateFor({ event, verdict }: Entry): DeploymentState {
  if (event === "paused") return "pending";
  if (event !== "ended") return "in_progress";
  if (verdict === "live") return "success";
  return verdict === "locked" || verdict === "abandoned" ? "inactive" : "failure";
}
