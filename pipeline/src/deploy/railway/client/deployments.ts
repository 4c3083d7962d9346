import { z } from "zod";
import { type Answer, mapOk } from "../../../network/answer.ts";
import type { Connection } from "./connection.ts";
import { type Deployment, deploymentFields, deploymentForm, nodesOf } from "./deployment.ts";
import { mutation, query, run } from "./operation.ts";
import type { Target } from "./target.ts";

export const listOperation = query<{ input: Target; first: number }>()(
  `query GantryDeployments($input: DeploymentListInput!, $first: Int) {
    deployments(input: $input, first: $first) { edges { node { ${deploymentFields} } } }
  }`,
  z.object({ deployments: nodesOf(deploymentForm) }),
);

/** The newest deployments of a service in an environment, newest first. */
export async function listDeployments(
  connection: Connection,
  target: Target,
  first = 20,
): Promise<Answer<readonly Deployment[]>> {
  const { projectId, environmentId, serviceId } = target;
  const input = { projectId, environmentId, serviceId };
  const answer = await run(connection, listOperation, { input, first });
  return mapOk(answer, ({ deployments }) =>
    deployments.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt)),
  );
}

export const byIdOperation = query<{ id: string }>()(
  `query GantryDeployment($id: String!) { deployment(id: $id) { ${deploymentFields} } }`,
  z.object({ deployment: deploymentForm }),
);

export async function findDeployment(
  connection: Connection,
  id: string,
): Promise<Answer<Deployment>> {
  return mapOk(await run(connection, byIdOperation, { id }), ({ deployment }) => deployment);
}

export const servingOperation = query<{ environmentId: string; serviceId: string }>()(
  `query GantryServing($environmentId: String!, $serviceId: String!) {
    serviceInstance(environmentId: $environmentId, serviceId: $serviceId) {
      activeDeployments { ${deploymentFields} }
    }
  }`,
  z.object({ serviceInstance: z.object({ activeDeployments: z.array(deploymentForm) }) }),
);

/** What Railway says is active now; mostly one, several while it switches, none before the first. */
export async function activeDeployments(
  connection: Connection,
  { environmentId, serviceId }: Target,
): Promise<Answer<readonly Deployment[]>> {
  const answer = await run(connection, servingOperation, { environmentId, serviceId });
  return mapOk(answer, ({ serviceInstance }) => serviceInstance.activeDeployments);
}

export const snapshotOperation = query<{ id: string }>()(
  `query GantrySnapshot($id: String!) { deploymentSnapshot(deploymentId: $id) { variables } }`,
  z.object({
    deploymentSnapshot: z.object({ variables: z.record(z.string(), z.string()) }).nullable(),
  }),
);

/** The variables that a deployment was made with; it holds secrets. */
export async function variablesOfDeployment(
  connection: Connection,
  id: string,
): Promise<Answer<Readonly<Record<string, string>>>> {
  const answer = await run(connection, snapshotOperation, { id });
  return mapOk(answer, ({ deploymentSnapshot }) => deploymentSnapshot?.variables ?? {});
}

export const cancelOperation = mutation<{ id: string }>()(
  "mutation GantryCancel($id: String!) { deploymentCancel(id: $id) }",
  z.object({ deploymentCancel: z.boolean() }),
);

/** Asks for an end. Follow the deployment afterwards: it may go live all the same. */
export async function cancelDeployment(
  connection: Connection,
  id: string,
): Promise<Answer<boolean>> {
  return mapOk(await run(connection, cancelOperation, { id }), (said) => said.deploymentCancel);
}

export const redeployOperation = mutation<{ id: string }>()(
  `mutation GantryRedeploy($id: String!) {
    deploymentRedeploy(id: $id) { ${deploymentFields} }
  }`,
  z.object({ deploymentRedeploy: deploymentForm }),
);

/** The same image again with the variables of now; the answer is the new deployment. */
export async function redeploy(connection: Connection, id: string): Promise<Answer<Deployment>> {
  return mapOk(
    await run(connection, redeployOperation, { id }),
    ({ deploymentRedeploy }) => deploymentRedeploy,
  );
}
