import type { Operations } from "../http/asked.ts";
import { actions } from "./actions.ts";
import { contents } from "./contents.ts";
import { deployments } from "./deployments.ts";
import { git } from "./git.ts";
import { issues } from "./issues.ts";
import { pulls } from "./pulls.ts";
import { releases } from "./releases.ts";
import { settings } from "./settings.ts";

/** All that the stand-in can do. */
export const operations: Operations = {
  ...actions,
  ...contents,
  ...deployments,
  ...git,
  ...issues,
  ...pulls,
  ...releases,
  ...settings,
};
