import { type Command, InvalidArgumentError, Option } from "commander";
import { nearest } from "../config/nearest.ts";
import { type EventKind, eventKind, type StageId, stageId } from "../plan/plan.ts";
import { addCommonOptions, type CommonOptions } from "./common-options.ts";

/** Words of `ci`, `run` and `plan`. */
export interface PlanOptions extends CommonOptions {
  readonly event?: EventKind;
  readonly branch?: string;
  readonly base?: string;
  readonly githubEvent?: string;
  readonly only?: StageId[];
  readonly skip?: StageId[];
  readonly fresh?: boolean;
}

/** Words of what leaves a run's folder. */
export interface OutputOptions {
  readonly output?: string;
  readonly runs?: string;
}

export function addPlanOptions(command: Command): Command {
  return addCommonOptions(command)
    .addOption(new Option("--event <event>", "what happened").choices(eventKind.options))
    .option("--branch <branch>", "the branch that is checked (default: the current one)")
    .option("--base <branch>", "the branch that a pull request wants to change")
    .option("--github-event <file>", "GitHub's event file (default on GitHub: GITHUB_EVENT_PATH)")
    .option("--only <stage>", "only this stage and what it needs; may be repeated", collectStage)
    .option("--skip <stage>", "without this stage; may be repeated", collectStage)
    .addOption(freshOption());
}

export function freshOption(): Option {
  return new Option("--fresh", "run everything, whatever earlier runs have earned");
}

export function collectStage(word: string, before: StageId[] = []): StageId[] {
  const found = word.split(",").map((part) => {
    const parsed = stageId.safeParse(part.trim());
    if (parsed.success) return parsed.data;
    const near = nearest(part, stageId.options);
    throw new InvalidArgumentError(
      `There is no stage \`${part}\`${near ? `; did you mean \`${near}\`?` : `. Known: ${stageId.options.join(", ")}`}`,
    );
  });
  return [...before, ...found];
}
