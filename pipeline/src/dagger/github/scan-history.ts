import type { StepContext, StepResult } from "../../execute/executor.ts";
import { branchesOf } from "../../plan/branches.ts";
import { pullRequestRulesOf } from "../../pull-request/rules-of.ts";
import { historyScanStep, scanToolchain } from "../../stages/secret-scan.ts";
import { runContainedProcedure } from "../executor/procedure.ts";
import { siteOf } from "../run/run.ts";
import type { Opened } from "./ask.ts";
import type { Judged } from "./judged.ts";
import type { GithubRequest } from "./request.ts";

/** Looks for secrets in every commit that the repository's HEAD or a tag reaches. It meets no secret. */
export async function scanHistory(request: GithubRequest, opened: Opened): Promise<Judged> {
  const { config, trigger } = opened.project;
  const { plan } = opened.project;
  const toolchains = { ...plan.toolchains, ...scanToolchain(config.images) };
  const project = { ...opened.project, plan: { ...plan, toolchains } };
  const site = siteOf(request, project, opened.site.key, new Map());
  const rules = pullRequestRulesOf(config, branchesOf(config, trigger), trigger.base ?? "main");
  let said = "";
  const context: StepContext = {
    stage: "secrets",
    plan: site.plan,
    signal: new AbortController().signal,
    note: () => undefined,
    attempt: 1,
    secrets: {},
    serviceEnv: {},
    output: async (text) => {
      said += text;
    },
  };
  return judge(await runContainedProcedure(site, historyScanStep(rules), context), said);
}

function judge(result: StepResult, said: string): Judged {
  if (result.kind === "exited" && !result.ended) return { exit: result.exit, text: said };
  const [reason, mend] =
    result.kind === "exited"
      ? ["the scan took too long", "run it on a host: `gantry secrets scan --history`"]
      : [result.reason, result.mend];
  // A scan that said itself what it lacks needs no second word.
  if (said.includes(reason)) return { exit: 3, text: said };
  return { exit: 3, text: `${said}${reason}\n${mend ? `  mend: ${mend}\n` : ""}` };
}
