import { meanings } from "../verdict.ts";
import type { Told } from "./told.ts";

/**
 * What a person types when a deploy went wrong. The way back comes first, but last where the version
 * before it serves already. Safe to be copied to a shell.
 */
export function mendCommands(told: Told): readonly string[] {
  const { environment, before, verdict } = told;
  const to = isWord(before) ? ` --to ${before}` : "";
  const back = `gantry rollback --env ${environment}${to}`;
  const looks = [`gantry status --env ${environment}`, `gantry logs --env ${environment}`];
  if (isBack(told)) return [...looks, back];
  const fromSource = isStuck(told) ? [`gantry deploy --env ${environment} --ref TAG`] : [];
  const proof = verdict === "unproven" ? [`gantry verify --env ${environment}`] : [];
  return [back, ...fromSource, ...proof, ...looks];
}

function isStuck({ rollback }: Told): boolean {
  return rollback === "impossible" || rollback === "failed";
}

function isBack({ rollback, verdict }: Told): boolean {
  return rollback === "done" || (rollback === "not-needed" && meanings[verdict].exit === 1);
}

/** Whether a shell takes it for one word and nothing more. */
function isWord(text: string | undefined): text is string {
  return text !== undefined && /^\w[\w.-]*$/.test(text);
}
