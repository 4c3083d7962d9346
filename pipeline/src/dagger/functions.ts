import { z } from "zod";
import { endWords } from "../deploy/shown/end.ts";
import { exitOf } from "../errors/catalogue.ts";
import { describeProblem, fail, ok, type Result } from "../errors/problem.ts";
import { type Run, verdict } from "../execute/run.ts";
import { stageId } from "../plan/plan.ts";
import { readPlan } from "../plan/read-plan.ts";
import { terminalSummary } from "../report/terminal/summary.ts";
import type { Client, Container, Directory, File } from "./client.ts";
import { act } from "./deploy/act.ts";
import { checkHealth, type HealthRequest } from "./deploy/health-check.ts";
import type { ActRequest, Asked } from "./deploy/request.ts";
import { defaultImage, shellImage } from "./images.ts";
import { release } from "./release/release.ts";
import type { ReleaseRequest } from "./release/request.ts";
import type { ModuleRequest } from "./request.ts";
import { runKey } from "./run/key.ts";
import { runChecks } from "./run/run.ts";
import { storedRun, storeRun } from "./run/store.ts";
import { openProject } from "./source/project.ts";

/**
 * The checks, with the run's folder as the result whatever the verdict: one call that needs no
 * memory of the engine. `verdict` then tells the exit code.
 */
export async function runToFolder(given: ModuleRequest): Promise<Directory> {
  const { run, folder } = unwrap(await runChecks(given));
  const store = { dag: given.dag, image: shellImage(run.plan), application: run.plan.name };
  await storeRun(store, run, folder);
  console.error(summaryOf(run));
  return folder;
}

/** `ci` and the stages: the summary where the verdict is green, else an error that carries it. */
export async function runStages(given: ModuleRequest, only?: readonly string[]): Promise<string> {
  const stages = only?.map((id) => stageId.parse(id));
  const request = stages ? { ...given, only: stages } : given;
  const { run, folder } = unwrap(await runChecks(request));
  const store = { dag: given.dag, image: shellImage(run.plan), application: run.plan.name };
  await storeRun(store, run, folder);
  const text = summaryOf(run);
  if (run.exit !== 0) throw new Error(text);
  return text;
}

/** `deploy`, `rollback` and `promote`: what came of it, as an error where it is not green. */
export async function runAct(given: ActRequest, asked: Asked): Promise<string> {
  const { run, folder } = unwrap(await act(given, asked));
  const store = { dag: given.dag, image: shellImage(run.plan), application: run.plan.name };
  await storeRun(store, run, folder);
  const text = [`verdict: ${run.verdict} (exit code ${run.exit})`, ...actLines(run), shown];
  if (run.exit !== 0) throw new Error(text.join("\n"));
  return `${text.join("\n")}\n`;
}

/** `release`: what came of it, as an error where it is not done; or the JSON of what would be. */
export async function runRelease(given: ReleaseRequest): Promise<string> {
  const released = unwrap(await release(given));
  if ("document" in released) return released.document;
  const { run, folder, lines } = released;
  const store = { dag: given.dag, image: shellImage(run.plan), application: run.plan.name };
  await storeRun(store, run, folder);
  const text = [`verdict: ${run.verdict} (exit code ${run.exit})`, ...lines, shown];
  if (run.exit !== 0) throw new Error(text.join("\n"));
  return `${text.join("\n")}\n`;
}

const shown = "  report: dagger call report export --path=.gantry/runs/latest";

function actLines({ deployment }: Run): string[] {
  if (!deployment) return [];
  const { headline, lines } = endWords(deployment);
  return [headline, ...lines.map((line) => `  ${line}`)];
}

/** A health check, as an error where it is not healthy. */
export async function runHealthCheck(given: HealthRequest): Promise<string> {
  const { healthy, text } = unwrap(await checkHealth(given));
  if (!healthy) throw new Error(text);
  return text;
}

/** The verdict and its exit code come first: `dagger call` itself knows only 0 and 1. */
function summaryOf(run: Run): string {
  const summary = terminalSummary(run, {
    color: false,
    width: 100,
    folder: "dagger call report export --path=.gantry/runs/latest",
  });
  return `verdict: ${run.verdict} (exit code ${run.exit})\n${summary}`;
}

export async function planJson(given: ModuleRequest): Promise<string> {
  const { plan } = unwrap(await openProject(given));
  return `${JSON.stringify(plan, null, 2)}\n`;
}

export async function shownRun(given: ModuleRequest): Promise<Directory> {
  const plan = given.plan
    ? unwrap(readPlan(await given.plan.contents(), "plan"))
    : unwrap(await openProject(given)).plan;
  const store = { dag: given.dag, image: shellImage(plan), application: plan.name };
  const id = given.runId === undefined ? "" : runKey(given).id;
  return unwrap(await storedRun(store, id));
}

/** Its last command ends with the run's exit code, which \`dagger call\` then ends with as well. */
export async function verdictOf(dag: Client, file: File): Promise<Container> {
  const run = unwrap(readVerdict(await file.contents()));
  const script = 'echo "verdict: $1"; exit "$2"';
  return dag
    .container()
    .from(run.plan.images?.node ?? defaultImage("node"))
    .withExec(["sh", "-c", script, "gantry", run.verdict, String(run.exit)]);
}

/** Only what its programs may rely on, so that runs of other versions can be asked as well. */
const ended = z.object({
  verdict,
  exit: z.int(),
  plan: z.object({ images: z.object({ node: z.string().optional() }).optional() }),
});

function readVerdict(text: string): Result<z.infer<typeof ended>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const run = ended.safeParse(json);
  if (run.success) return ok(run.data);
  return fail({
    code: "GANTRY-RUN-NOT-FOUND",
    message: "the file given with `--run` is no run",
    mend: "give the `run.json` of a run's folder",
  });
}

/** The value, or everything that is wrong at once as one error: only text crosses a module's border. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const exit = exitOf(result.problems);
  const what = exit === 2 ? "wrong use or config" : "the world failed";
  throw new Error(
    [`${what} (exit code ${exit})`, ...result.problems.map(describeProblem)].join("\n\n"),
  );
}
