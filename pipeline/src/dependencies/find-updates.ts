import type { Config } from "../config/config.ts";
import type { Survey } from "../config/survey.ts";
import type { Plan } from "../plan/plan.ts";
import { lockSites } from "./locks/lock-sites.ts";
import { manifestsOf } from "./manifests/manifests.ts";
import { makeReport } from "./report/make-report.ts";
import type { FileContent, UpdateReport } from "./report/report.ts";
import { createChecks } from "./search/checks.ts";
import { takeMajors } from "./search/majors.ts";
import type { UpdatePorts } from "./search/ports.ts";
import { type LockOutcome, updateLocks } from "./search/update.ts";
import type { UpdateSettings } from "./settings.ts";
import { type AskedPackage, askedOf, type FactsOf } from "./versions/asked.ts";

export interface FindRequest {
  readonly config: Config;
  readonly survey: Survey;
  /** What a pull request with the updates would be asked. */
  readonly plan: Plan;
  readonly settings: UpdateSettings;
  /** Where updates go to, and the commit that they are made from; none: the source as it stands. */
  readonly base: string;
  readonly commit: string | undefined;
  /** The day, as `2026-11-23`. */
  readonly today: string;
}

export interface FindPorts extends UpdatePorts {
  readonly read: (path: string) => Promise<string | undefined>;
  /** What registries tell of packages, as far as they answer. */
  readonly facts: (asked: readonly AskedPackage[]) => Promise<FactsOf>;
}

/** Updates, tests, and says what came of it. The files in the report are all that it would change. */
export async function findUpdates(request: FindRequest, ports: FindPorts): Promise<UpdateReport> {
  const { config, survey, plan, settings, base, commit, today } = request;
  const { sites, notHandled } = lockSites(config, survey);
  const texts = new Map<string, string>();
  for (const { lock } of sites) texts.set(lock, (await ports.read(lock)) ?? "");
  const checks = createChecks(ports);
  const { lock } = ports;
  const within = await updateLocks({ sites, texts, settings, today }, { lock, checks });
  const facts = await ports.facts(askedOf(within.locks));
  const manifests = ({ site }: LockOutcome) => readAll(manifestsOf(site, survey.files), ports);
  const majors = { outcome: within, settings, today, facts, manifests, lock, checks };
  const outcome = await takeMajors(majors);
  const stages = stagesOf(plan);
  return makeReport({ outcome, settings, base, commit, stages, notHandled, today, facts });
}

async function readAll(
  paths: readonly string[],
  { read }: Pick<FindPorts, "read">,
): Promise<readonly FileContent[]> {
  const texts = await Promise.all(paths.map(read));
  return paths.flatMap((path, at) => {
    const content = texts[at];
    return content === undefined ? [] : [{ path, content }];
  });
}

/** The stages that have something to say. */
function stagesOf({ stages }: Plan): string[] {
  return stages.filter(({ run, steps }) => run && steps.length > 0).map(({ id }) => id);
}
