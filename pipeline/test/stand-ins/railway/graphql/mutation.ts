import { approve, cancel, remove, restartNow, stop } from "../world/act.ts";
import { redeploy, rollBack } from "../world/create.ts";
import type { Deployment } from "../world/model.ts";
import { canRedeploy, canRollback } from "../world/retention.ts";
import { deploymentsOf, type World } from "../world/world.ts";
import { type Context, findDeployment, findInstance, refuse } from "./context.ts";
import { type SettingsUpdate, setSettings } from "./set-settings.ts";
import { setVariables, type VariableInput, type VariablesInput } from "./set-variables.ts";
import { deploymentView } from "./views/deployment.ts";
import { volumeView } from "./views/volume.ts";

type ById = { readonly id: string };
type Target = { readonly environmentId: string; readonly serviceId: string };
type Act = (world: World, deployment: Deployment) => Promise<string | undefined>;

/** Every mutation that the stand-in answers, by its name in Railway's schema. */
export const mutation = {
  deploymentRollback({ id }: ById, context: Context) {
    const deployment = findDeployment(context, id);
    if (!canRollback(context.world, deployment)) return refuse("Deployment cannot be rolled back");
    rollBack(context.world, deployment);
    return true;
  },
  deploymentRedeploy({ id }: ById, context: Context) {
    const deployment = findDeployment(context, id);
    if (!canRedeploy(deployment)) return refuse("Deployment cannot be redeployed");
    return deploymentView(context.world, redeploy(context.world, deployment));
  },
  deploymentCancel: acting(cancel),
  deploymentRemove: acting(remove),
  deploymentStop: acting(stop),
  deploymentRestart: acting(restartNow),
  deploymentApprove: acting(approve),
  serviceInstanceDeployV2: (target: Target, context: Context) => deployLatest(target, context).id,
  serviceInstanceRedeploy: (target: Target, context: Context) =>
    deployLatest(target, context) !== undefined,
  serviceInstanceUpdate: (args: SettingsUpdate, context: Context) => setSettings(context, args),
  variableUpsert: ({ input }: { input: VariableInput }, context: Context) =>
    setVariables(context, { ...input, variables: { [input.name]: input.value } }),
  variableCollectionUpsert: ({ input }: { input: VariablesInput }, context: Context) =>
    setVariables(context, input),
  variableDelete: ({ input }: { input: VariableInput }, context: Context) =>
    setVariables(context, { ...input, variables: { [input.name]: null } }),
  volumeCreate({ input }: { input: Target & { mountPath: string } }, context: Context) {
    const instance = findInstance(context, input.environmentId, input.serviceId);
    const { newId, clock } = context.world;
    const volume = {
      id: newId(),
      instanceId: newId(),
      name: "volume",
      mountPath: input.mountPath,
      createdAt: clock.now(),
    };
    instance.volumes.push(volume);
    return volumeView(context.world, instance, volume);
  },
  cliEventTrack: () => true,
};

function acting(act: Act) {
  return async ({ id }: ById, context: Context) => {
    const refused = await act(context.world, findDeployment(context, id));
    return refused === undefined || refuse(refused);
  };
}

function deployLatest(target: Target, context: Context): Deployment {
  const instance = findInstance(context, target.environmentId, target.serviceId);
  const latest = deploymentsOf(context.world, instance)[0];
  return latest ? redeploy(context.world, latest) : refuse("No deployment found for service");
}
