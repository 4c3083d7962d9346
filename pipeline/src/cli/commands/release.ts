import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";

export interface ReleaseOptions extends CommonOptions {
  readonly dryRun?: boolean;
  readonly pr?: boolean;
  readonly branch?: string;
  readonly component?: string;
  readonly state?: string;
  readonly asset?: string[];
}

export function addRelease(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addCommonOptions(program.command("release"))
    .summary("the next version from the commits, tagged and published")
    .description(
      "Finds the next version from the commits since the last tag and publishes it: tag, release, changelog, sync. Does only what is not done yet, so that a run that was interrupted is finished by the next.",
    )
    .option("--dry-run", "show the version, why, and the changelog; change nothing")
    .option("--pr", "open or refresh the release pull request, with the version and notes to come")
    .option("--branch <branch>", "the branch that is released (default: the current one)")
    .option("--component <name>", "only this one of `release.components`")
    .option(
      "--state <file>",
      "the run's state.json: an asset, and what the metadata says of the deployment",
    )
    .option("--asset <file>", "a further asset, such as an SBOM; may be repeated", collect)
    .addHelpText("after", examples)
    .action(async (options: ReleaseOptions) => {
      const { openHere } = await import("../release/open.ts");
      // Git answers while the rest is loaded.
      const [opened, { release }] = await Promise.all([
        openHere(options, terminal),
        import("../release/release.ts"),
      ]);
      finish(await release(opened, options, terminal));
    });
}

function collect(word: string, before: string[] = []): string[] {
  return [...before, word];
}

const examples = `
Examples:
  gantry release --dry-run                       version, why, and the notes to come
  gantry release --dry-run --json                the same for a program
  gantry release --pr                            the release pull request, develop to main
  gantry release                                 publish, or finish what was begun`;
