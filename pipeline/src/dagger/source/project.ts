import type { Config } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import type { Survey } from "../../config/survey.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { makePlan } from "../../plan/make-plan.ts";
import type { Plan, Trigger } from "../../plan/plan.ts";
import { readPlan } from "../../plan/read-plan.ts";
import { refuseDotenv } from "../dotenv.ts";
import { procedureImage } from "../images.ts";
import type { ModuleRequest } from "../request.ts";
import { type DaggerSource, hashLike, readSource } from "./source.ts";
import { surveyOf } from "./survey.ts";
import { triggerOf } from "./trigger.ts";

export interface DaggerProject {
  readonly source: DaggerSource;
  readonly plan: Plan;
}

/** Reads a repository and plans it, or takes the plan that was made for it elsewhere. */
export async function openProject(request: ModuleRequest): Promise<Result<DaggerProject>> {
  if (!request.plan) return readProject(request);
  const dotenv = await refuseOwnDotenv(request);
  if (!dotenv.ok) return dotenv;
  const source = await readSource(request.source, request.repository);
  const plan = await takePlan(request, source);
  return plan.ok ? ok({ source, plan: plan.value }) : plan;
}

/** A module sees only the source's own `.env`; the command line looks further up. */
async function refuseOwnDotenv({ source }: ModuleRequest): Promise<Result<undefined>> {
  if (!(await source.exists(".env"))) return ok(undefined);
  return refuseDotenv(await source.file(".env").contents(), ".env", ["gantry"]);
}

/** A repository that was read and planned here, with everything that its plan is made of. */
export interface ReadProject extends DaggerProject {
  readonly config: Config;
  /** The config as it is written, where there is one. */
  readonly written: { readonly text: string; readonly file: string } | undefined;
  readonly survey: Survey;
  readonly trigger: Trigger;
}

/** Reads a repository and plans it, whatever plan was made elsewhere. */
export async function readProject(
  request: ModuleRequest,
  trigger?: Trigger,
): Promise<Result<ReadProject>> {
  const dotenv = await refuseOwnDotenv(request);
  if (!dotenv.ok) return dotenv;
  return planHere(request, await readSource(request.source, request.repository), trigger);
}

async function planHere(
  request: ModuleRequest,
  source: DaggerSource,
  told?: Trigger,
): Promise<Result<ReadProject>> {
  const [survey, written] = await Promise.all([
    surveyOf(source, request.repository),
    readConfig(request, source),
  ]);
  if (!written.ok) return written;
  const config = loadConfig(written.value, survey);
  if (!config.ok) return config;
  const trigger = told ? ok(told) : await triggerOf(request, config.value);
  if (!trigger.ok) return trigger;
  const plan = makePlan({
    config: config.value,
    survey,
    trigger: trigger.value,
    source: source.hash,
    ...(request.only && { only: request.only }),
  });
  return ok({
    source,
    survey,
    plan,
    config: config.value,
    written: written.value,
    trigger: trigger.value,
  });
}

async function readConfig(
  { config }: ModuleRequest,
  source: DaggerSource,
): Promise<Result<{ text: string; file: string } | undefined>> {
  const file = config ?? "gantry.yaml";
  if (source.files.includes(file)) {
    return ok({ file, text: await source.directory.file(file).contents() });
  }
  if (config === undefined) return ok(undefined);
  return fail({
    code: "GANTRY-CONFIG-UNREADABLE",
    file,
    message: "the config is not a file of the source",
    mend: "correct the path after `--config`; it is relative to the source",
  });
}

/** A plan counts for the source that it was made for, and for no other. */
async function takePlan(request: ModuleRequest, source: DaggerSource): Promise<Result<Plan>> {
  const text = (await request.plan?.contents()) ?? "";
  const plan = readPlan(text, "plan");
  if (!plan.ok) return plan;
  const { source: like } = plan.value;
  const hash = like.startsWith("dagger:")
    ? source.hash
    : await hashLike({
        dag: request.dag,
        source: source.directory,
        procedures: request.procedures,
        image: procedureImage(plan.value),
        like,
      });
  if (hash === like) return plan;
  return fail({
    code: "GANTRY-PLAN-SOURCE",
    file: "plan",
    message: `the plan was made for the source ${like}, this one is ${hash}`,
    mend: "make the plan again, or check out the source that it was made for",
  });
}
