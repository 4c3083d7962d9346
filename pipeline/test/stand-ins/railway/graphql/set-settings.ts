import type { Settings } from "../world/model.ts";
import { type Context, findInstance, refuse } from "./context.ts";

export interface SettingsUpdate {
  readonly environmentId?: string | null;
  readonly serviceId: string;
  readonly input: Partial<Settings>;
}

/** Changes settings; without an environment in all of them, as Railway does. */
export function setSettings(context: Context, update: SettingsUpdate): boolean {
  const { world, caller } = context;
  const instances = update.environmentId
    ? [findInstance(context, update.environmentId, update.serviceId)]
    : world.instances.filter((one) => one.serviceId === update.serviceId);
  if (instances.length === 0) return refuse("Service not found");
  if (!update.environmentId && caller.kind !== "account") return refuse("Not Authorized");
  for (const instance of instances) {
    instance.settings = { ...instance.settings, ...update.input };
    world.journal.noteSetting(instance.id, JSON.stringify(update.input));
  }
  return true;
}
