import { notifySecrets } from "../../config/notify-secrets.ts";
import { ok, type Problem, type Result } from "../../errors/problem.ts";
import { createRedactor, type Redactor, redactValue } from "../../execute/redact/redact.ts";
import { type OpenRelease, openRelease } from "../../host/release/open.ts";
import { planAll } from "../../host/release/plan-component.ts";
import { publishAll } from "../../host/release/publish.ts";
import { type Refreshed, refreshPullRequest } from "../../host/release/pull-request.ts";
import type { ReleaseWorld } from "../../host/release/world.ts";
import type { ReleaseEnd, ReleaseSpec } from "../../release/contained.ts";
import { publishedLine, stepText } from "../../release/shown/lines.ts";
import { plansJson } from "../../release/shown/plans.ts";
import { releaseStepRuns } from "../../release/shown/stage.ts";
import { actOnFile } from "../in-container.ts";

/** A release inside a container: leaves as a file what it came to. */
export function releaseInContainer(file: string): Promise<void> {
  return actOnFile<ReleaseSpec>(file, redactorOf, release);
}

async function release(spec: ReleaseSpec): Promise<ReleaseEnd> {
  const { branch, main, component, root: directory, written } = spec;
  const env = { ...process.env, ...spec.variables };
  const opened = await openRelease({ directory, written, env, branch, main, component });
  if (!opened.ok) return refused(opened.problems, spec);
  const result = await work(opened.value, spec, worldOf(spec, env));
  return result.ok ? endOf(result.value, opened.value, spec) : refused(result.problems, spec);
}

async function work(
  open: OpenRelease,
  { act, dryRun, state, root }: ReleaseSpec,
  world: ReleaseWorld,
): Promise<Result<Refreshed>> {
  if (act === "pull-request") return refreshPullRequest(open, { world, dryRun });
  if (dryRun) {
    const plans = await planAll(open);
    return plans.ok ? ok({ plans: plans.value }) : plans;
  }
  const published = await publishAll(open, { world, files: { state, cwd: root } });
  return published.ok ? ok({ published: published.value }) : published;
}

/** Every step is said as soon as it is known, through the mask. */
function worldOf(spec: ReleaseSpec, env: ReleaseWorld["env"]): ReleaseWorld {
  const redactor = redactorOf(spec);
  return {
    env,
    report: (tag, step) => void process.stdout.write(redactor.text(stepText(tag, step))),
  };
}

function endOf(
  result: Refreshed,
  { settings, branch = "main" }: OpenRelease,
  spec: ReleaseSpec,
): ReleaseEnd {
  if ("plans" in result && spec.dryRun) {
    const date = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    return { kind: "planned", document: plansJson({ ...result, settings, branch, date }) };
  }
  const published =
    "plans" in result ? result.plans.map((plan) => ({ plan, steps: [] })) : result.published;
  const end: ReleaseEnd = {
    kind: "ended",
    steps: published.flatMap(releaseStepRuns),
    lines: published.map(publishedLine),
  };
  return redactValue(end, redactorOf(spec));
}

function refused(problems: readonly Problem[], spec: ReleaseSpec): ReleaseEnd {
  return redactValue<ReleaseEnd>({ kind: "problems", problems: [...problems] }, redactorOf(spec));
}

function redactorOf({ notify }: ReleaseSpec): Redactor {
  const names = ["GITHUB_TOKEN", ...notifySecrets(notify)];
  return createRedactor(names.flatMap((name) => process.env[name] ?? []));
}
