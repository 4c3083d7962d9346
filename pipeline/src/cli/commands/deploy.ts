import { type Command, Option } from "commander";
import type { DeliverOptions } from "../deploy/deliver.ts";
import { addDeployOptions, type DeployOptions } from "../deploy/options.ts";
import type { Terminal } from "../main.ts";
import { freshOption } from "../options.ts";

export function addDeploy(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addDeployOptions(program.command("deploy"))
    .summary("bring a version to an environment and prove it there, or take it back")
    .description(
      "Brings a commit to an environment, proves that it serves, and brings the version before it back where it does not hold. One deploy at a time; what an ended run has left is picked up.",
    )
    .option("--ref <ref>", "the tag or commit (default: what is checked out)")
    .option("--plan", "only show what would change at the provider")
    .option("--again", "also where this version serves already")
    .addHelpText("after", examples)
    .action(async (options: DeployOptions) => {
      const { deployCommand, hasUncommitted, wantedCommit } = await import(
        "../deploy/deploy-command.ts"
      );
      const exit = await deployCommand(options, terminal, async (project) => {
        const found = await wantedCommit(project, options.ref);
        if (!found.ok) return found;
        const { commit } = found.value;
        if (options.ref === undefined && (await hasUncommitted(project, commit))) {
          terminal.stderr.write("· changes that are not committed are not part of it\n");
        }
        return { ok: true, value: { kind: "deploy", ...found.value } };
      });
      finish(exit);
    });
}

export function addDeliver(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addDeployOptions(program.command("deliver"))
    .summary("the whole road: checks, deploy, proof")
    .description(
      "Runs the checks of a push to the environment's branch, and deploys what was checked where they are green. The commit that is checked out, and nothing beside it.",
    )
    .addOption(
      new Option("--on <executor>", "where the checks run")
        .choices(["auto", "host", "dagger"])
        .default("auto"),
    )
    .option("--branch <branch>", "the branch (default: the environment's)")
    .addOption(freshOption())
    .option("--again", "also where this version serves already")
    .action(async (options: DeliverOptions) => {
      const { deliverCommand } = await import("../deploy/deliver.ts");
      finish(await deliverCommand(options, terminal));
    });
}

const examples = `
Examples:
  gantry deploy --env production                 what is checked out
  gantry deploy --env production --ref v1.0.0    an earlier version, from its source
  gantry deploy --env production --plan          what would change in the service's settings

Ends with 0 where the new version serves and is proven, 1 where it does not hold, 3 where nobody
can say; docs/deploy-verdicts.md has every verdict.`;
