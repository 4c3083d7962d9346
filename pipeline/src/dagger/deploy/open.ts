import type { Environment } from "../../config/config.ts";
import { findEnvironment } from "../../config/find-environment.ts";
import type { Act, Place } from "../../deploy/contained.ts";
import { settingsOf } from "../../deploy/settings.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { planContext } from "../../plan/make-plan.ts";
import type { Stage } from "../../plan/plan.ts";
import type { ExecStep, ProcedureStep } from "../../plan/step.ts";
import { deployedTests, deployStage, deployStep } from "../../stages/deploy-steps.ts";
import { type ReadProject, readProject } from "../source/project.ts";
import type { ActRequest, Asked } from "./request.ts";
import { findVersion, type Version } from "./versions.ts";

/** Everything that is known before anything is done. */
export interface OpenAct extends Place {
  readonly request: ActRequest;
  readonly project: ReadProject;
  readonly act: Act;
  /** What is deployed, or what is checked out where the record says what is. */
  readonly version: Version;
  readonly stage: Stage;
  readonly step: ProcedureStep;
  readonly tests: readonly ExecStep[];
}

/** Reads the config, finds the environment in it, and refuses what only a host can do. */
export async function openAct(request: ActRequest, asked: Asked): Promise<Result<OpenAct>> {
  const { repository } = request;
  if (!repository) return fail(noRepository);
  // `ref` names the version here, not the branch that is worked on.
  const project = await readProject({ ...request, ref: undefined, eventName: "manual" });
  if (!project.ok) return project;
  const place = placeOf(request.env, project.value);
  if (!place.ok) return place;
  const word = asked.kind === "deploy" ? request.ref : undefined;
  const version = await findVersion(repository, word);
  const act = actOf(asked, version, project.value);
  if (!act.ok) return act;
  const { environment } = place.value;
  return ok({
    ...place.value,
    request,
    version,
    project: project.value,
    act: act.value,
    stage: stageOf(project.value, environment, asked.kind),
    step: deployStep(environment),
    tests: deployedTests(planContext(project.value), environment),
  });
}

const noRepository = {
  code: "GANTRY-NOT-A-REPOSITORY",
  message: "the folder is in no git repository: what is deployed is a commit",
  mend: "call it in a git repository, or give one with `--repo`",
} as const;

function placeOf(name: string, { config }: ReadProject): Result<Place> {
  const found = findEnvironment(name, config);
  if (!found.ok) return found;
  const environment = found.value;
  if (environment.provider === "local") {
    return fail({
      code: "GANTRY-LOCAL-IN-DAGGER",
      message: `\`${name}\` is a local environment, and a container is not the machine that it is on`,
      mend: `\`gantry deploy --env ${name}\` on that machine`,
    });
  }
  return ok({ environment, settings: settingsOf(environment, config) });
}

function actOf(asked: Asked, { name }: Version, project: ReadProject): Result<Act> {
  switch (asked.kind) {
    case "deploy":
      return ok({ ...asked, ref: name });
    case "rollback":
      return ok({ kind: "rollback", ...(asked.to !== undefined && { to: asked.to }) });
    case "promote": {
      const from = placeOf(asked.from, project);
      return from.ok ? ok({ kind: "promote", from: from.value }) : from;
    }
  }
}

/** The stage of the plan that stands for the environment. */
function stageOf({ plan }: ReadProject, environment: Environment, why: string): Stage {
  const id = deployStage(environment);
  const planned = plan.stages.find((stage) => stage.id === id);
  if (!planned) throw new Error(`the plan has no stage ${id}`);
  return { ...planned, run: true, reason: `${why} to ${environment.name}` };
}
