import type { TestsEnd, TestTarget } from "../../deploy/procedure/world.ts";
import { planOfTests, testsEndOf } from "../../deploy/tested.ts";
import { execute } from "../../execute/execute.ts";
import type { StepRun } from "../../execute/run.ts";
import type { GitRef } from "../client.ts";
import { createDaggerExecutor } from "../executor/executor.ts";
import { createSite, type Site } from "../executor/site.ts";
import type { RunFolder } from "../run/folder.ts";
import { createProgress } from "../run/progress.ts";
import { listFiles } from "../source/source.ts";
import type { Acting } from "./contain.ts";
import { filesOf, findCommit, historyOf } from "./versions.ts";

export interface TestingRequest {
  readonly acting: Acting;
  readonly target: TestTarget;
  readonly folder: RunFolder;
  readonly secret: (name: string) => string | undefined;
}

export interface Tested {
  readonly end: TestsEnd;
  readonly steps: readonly StepRun[];
}

/**
 * Runs the tests of the version that was deployed, each in its toolchain's container: it finds the
 * service by its address, and of the secrets only those that it names.
 */
export async function testDeployed(request: TestingRequest): Promise<Tested> {
  const { acting, target } = request;
  const { repository } = acting.opened.request;
  const ref = repository && (await findCommit(repository, target.commit));
  if (ref) return runTests(request, ref);
  const why = `the repository does not hold ${target.commit}, and so not its tests`;
  return { end: { kind: "not-run", why }, steps: [] };
}

async function runTests({ acting, target, folder, secret }: TestingRequest, ref: GitRef) {
  const { opened, site } = acting;
  const source = filesOf(ref);
  const [files, digest] = await Promise.all([listFiles(source), source.digest()]);
  const plan = planOfTests(
    {
      plan: opened.project.plan,
      stage: opened.stage,
      steps: opened.tests,
      source: `dagger:${digest}`,
      // Yesterday's answer of a service says nothing about today's.
      variables: { GANTRY_ONCE: `${site.key}/${crypto.randomUUID()}` },
    },
    target,
  );
  const run = await execute({
    plan,
    executor: createDaggerExecutor(siteOf(site, { plan, source, ref })),
    id: site.key,
    startedAt: new Date().toISOString(),
    now: () => performance.now(),
    listener: createProgress(),
    signal: new AbortController().signal,
    secret,
    log: folder.log,
    files,
  });
  return { end: testsEndOf(run), steps: run.stages.flatMap(({ steps }) => steps) };
}

/** The tests' logs and artifacts belong to the deploy's run; their files are the version's own. */
function siteOf(
  site: Site,
  { plan, source, ref }: Pick<Site, "plan" | "source"> & { readonly ref: GitRef },
): Site {
  const { logs, artifacts, versions } = site;
  const own = createSite({ ...site, plan, source, history: () => historyOf(ref) });
  return { ...own, logs, artifacts, versions };
}
