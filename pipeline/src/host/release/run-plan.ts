import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ok, type Result } from "../../errors/problem.ts";
import type { ReleasePlan } from "../../release/plan.ts";
import type { HostAnswer, HostRelease, ReleaseHost } from "../../release/publish/host.ts";
import { publishRelease } from "../../release/publish/publish.ts";
import type { StepReport } from "../../release/publish/run-steps.ts";
import { assetsOf, type ReleaseFiles } from "./assets.ts";
import type { OpenRelease } from "./open.ts";
import type { Sbom } from "./sbom.ts";
import { teller } from "./teller.ts";
import type { ReleaseWorld } from "./world.ts";

/** Everything that publishing takes, whichever version it is. */
export interface Work {
  readonly open: OpenRelease;
  readonly host: ReleaseHost;
  /** Whether the place keeps releases and nothing else: no branch, no pull request. */
  readonly onlyReleases: boolean;
  readonly branch: string;
  readonly files: ReleaseFiles;
  readonly world: ReleaseWorld;
}

export interface RunOptions {
  readonly silent?: boolean;
  /** The tag's releases, where they are known. */
  readonly releases?: Releases;
}

type Releases = HostAnswer<readonly HostRelease[]>;

/** Takes a version through all its steps. */
export async function runPlan(
  plan: ReleasePlan,
  { open, host, onlyReleases, branch, files, world }: Work,
  { silent = false, releases }: RunOptions = {},
): Promise<Result<StepReport[]>> {
  const sbom = await sbomOf(plan, open, releases ?? (await host.listReleases(plan.tag)));
  if (!sbom.ok) return sbom;
  const report = (step: StepReport): void => world.report(plan.tag, step);
  const warned = sbom.value.warnings.map(warnedStep);
  warned.forEach(report);
  const date = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const tell = silent ? undefined : teller(plan, open, world.env);
  const request = {
    plan,
    host,
    branch,
    assets: assetsOf(plan, { ...files, sbom: sbom.value.files, date }),
    day: date.slice(0, 10),
    changelog: !onlyReleases && changelogOf(plan, open),
    sync: !onlyReleases && open.settings.sync,
    latest: plan.channel === undefined && plan.component === undefined,
    ...(tell && { tell }),
  };
  const pause = (seconds: number): Promise<void> => wait(seconds * 1000);
  return ok([...warned, ...(await publishRelease(request, { pause, report }))]);
}

async function sbomOf(
  plan: ReleasePlan,
  open: OpenRelease,
  releases: Releases,
): Promise<Result<Sbom>> {
  // What was published without one stays so: it may be immutable.
  const published = releases.kind === "ok" && releases.value.some(({ draft }) => !draft);
  if (published || !open.settings.sbom) return ok({ files: [], warnings: [] });
  // Who publishes nothing does not load it.
  const { releaseSbom } = await import("./sbom.ts");
  return releaseSbom(plan, open);
}

/** How people are told of what it lacks, among the release's steps. */
function warnedStep(note: string): StepReport {
  return { id: "sbom", title: "the bill of materials", outcome: "warned", note };
}

/** A part with versions of its own keeps a changelog of its own. */
function changelogOf({ component }: ReleasePlan, { settings }: OpenRelease): string | false {
  if (component === undefined || settings.changelog === false) return settings.changelog;
  const [folder = "."] = settings.components.find(({ name }) => name === component)?.paths ?? [];
  return join(folder, settings.changelog);
}
