import type { ActSpec, Place } from "../../deploy/contained.ts";
import type { OpenEnvironment } from "../../deploy/opened.ts";
import { openRailway } from "../../deploy/railway/open.ts";
import { ok, type Result } from "../../errors/problem.ts";

/** Opens an environment with the secrets that stand in the container's own variables. */
export function openPlace(
  { environment, settings }: Place,
  { variables }: Pick<ActSpec, "variables">,
): Result<OpenEnvironment> {
  const parts = openRailway(environment, { ...process.env, ...variables });
  return parts.ok ? ok({ environment, settings, ...parts.value }) : parts;
}
