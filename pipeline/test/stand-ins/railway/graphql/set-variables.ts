import { redeploy } from "../world/create.ts";
import { type Context, findInstance, refuse } from "./context.ts";

export interface VariablesInput {
  readonly environmentId: string;
  readonly serviceId?: string | null;
  readonly variables: Readonly<Record<string, string | null>>;
  readonly replace?: boolean | null;
  readonly skipDeploys?: boolean | null;
}

export interface VariableInput extends Omit<VariablesInput, "variables"> {
  readonly name: string;
  readonly value: string;
}

/** Sets variables, and as Railway does, deploys again unless told to skip that. */
export function setVariables(context: Context, input: VariablesInput): boolean {
  if (!input.serviceId) return refuse("The stand-in has no shared variables");
  const instance = findInstance(context, input.environmentId, input.serviceId);
  const merged = { ...(input.replace ? {} : instance.variables), ...input.variables };
  instance.variables = Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  context.world.journal.noteSetting(
    instance.id,
    `variables ${Object.keys(input.variables).join(" ")}`,
  );
  if (!input.skipDeploys && instance.serving) redeploy(context.world, instance.serving);
  return true;
}
