import type { Setting } from "./model.ts";
import { timeOf } from "./time.ts";
import type { World } from "./world.ts";

/** Sets a secret or variable now, of the repository unless an environment is named. */
export function addSetting(
  world: World,
  kind: "secrets" | "variables",
  { name, value }: Pick<Setting, "name" | "value">,
  environment = "",
): void {
  const now = timeOf(world);
  const all = world[kind].get(environment) ?? [];
  const created_at = all.find((one) => one.name === name)?.created_at ?? now;
  const others = all.filter((one) => one.name !== name);
  world[kind].set(environment, [...others, { name, value, created_at, updated_at: now }]);
}
