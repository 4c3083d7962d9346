import { z } from "zod";
import { type Answer, mapOk } from "../../../network/answer.ts";
import type { Connection } from "./connection.ts";
import { mutation, query, run } from "./operation.ts";
import type { Target } from "./target.ts";

export type VariableValues = Readonly<Record<string, string>>;

export const variablesOperation = query<VariablesTarget>()(
  `query GantryVariables($projectId: String!, $environmentId: String!, $serviceId: String!) {
    variables(projectId: $projectId, environmentId: $environmentId, serviceId: $serviceId)
  }`,
  z.object({ variables: z.record(z.string(), z.string()) }),
);

interface VariablesTarget extends Record<string, unknown> {
  readonly projectId: string;
  readonly environmentId: string;
  readonly serviceId: string;
}

/** A service's variables with their values, Railway's own among them; sealed ones are not shown. */
export async function readVariables(
  connection: Connection,
  { projectId, environmentId, serviceId }: Target,
): Promise<Answer<VariableValues>> {
  const answer = await run(connection, variablesOperation, { projectId, environmentId, serviceId });
  return mapOk(answer, ({ variables }) => variables);
}

/** A difference by name only: values are secret. */
export interface VariableDrift {
  readonly path: string;
  readonly wanted: "set";
  readonly found: "missing" | "another value";
}

export function compareVariables(
  wanted: VariableValues,
  found: VariableValues,
): readonly VariableDrift[] {
  return Object.entries(wanted)
    .filter(([name, value]) => found[name] !== value)
    .map(([name]) => ({
      path: `variables.${name}`,
      wanted: "set",
      found: Object.hasOwn(found, name) ? "another value" : "missing",
    }));
}

export const setVariablesOperation = mutation<{ input: Readonly<Record<string, unknown>> }>()(
  `mutation GantryVariablesUpsert($input: VariableCollectionUpsertInput!) {
    variableCollectionUpsert(input: $input)
  }`,
  z.object({ variableCollectionUpsert: z.literal(true) }),
);

/** Sets these and leaves the others. Without `skipDeploys` Railway would deploy by itself. */
export async function setVariables(
  connection: Connection,
  { projectId, environmentId, serviceId }: Target,
  variables: VariableValues,
): Promise<Answer<true>> {
  const input = { projectId, environmentId, serviceId, variables, skipDeploys: true };
  const answer = await run(connection, setVariablesOperation, { input });
  return mapOk(answer, () => true as const);
}
