import type { Told } from "./told.ts";

/** What a person types when a deploy went wrong, the way back first. Safe to be copied to a shell. */
export function mendCommands({ environment, before, rollback, verdict }: Told): readonly string[] {
  const back = isWord(before) ? ` --to ${before}` : "";
  const wayBack =
    rollback === "impossible" || rollback === "failed"
      ? [`gantry deploy --env ${environment} --ref TAG`]
      : [];
  const proof = verdict === "unproven" ? [`gantry verify --env ${environment}`] : [];
  return [
    `gantry rollback --env ${environment}${back}`,
    ...wayBack,
    ...proof,
    `gantry status --env ${environment}`,
    `gantry logs --env ${environment}`,
  ];
}

/** Whether a shell takes it for one word and nothing more. */
function isWord(text: string | undefined): text is string {
  return text !== undefined && /^\w[\w.-]*$/.test(text);
}
