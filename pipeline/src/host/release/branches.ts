import type { ParsedConfig } from "../../config/written.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { channelOf } from "../../release/version/channel.ts";
import { usualNames } from "../../release/version/usual-names.ts";
import type { OpenRelease } from "./open.ts";

/** The branch that is released: production's, else the one of the usual names that is there. */
export function mainBranch(config: ParsedConfig, mainlines: readonly string[]): string {
  const production = config.environments?.production?.branch;
  if (production !== undefined) return production;
  return (
    usualNames.find((name) => mainlines.some((ref) => ref.endsWith(`/${name}`))) ?? usualNames[0]
  );
}

/** Publishing takes what was merged: the main branch, or one that makes pre-releases. */
export function publishedBranch({ branch, main, settings }: OpenRelease): Result<string> {
  if (branch === main) return ok(main);
  if (branch !== undefined && channelOf(branch, settings) !== undefined) return ok(branch);
  return fail({
    code: "GANTRY-RELEASE-BRANCH",
    message:
      branch === undefined
        ? `HEAD is on no branch, and releases are made from \`${main}\``
        : `\`${branch}\` is not a branch that releases are made from: they come from \`${main}\``,
    mend:
      branch === undefined
        ? `say \`--branch ${main}\` if this commit is on it`
        : "merge it first, or name it under `release.channels` for pre-releases; `--dry-run` works on any branch",
  });
}
