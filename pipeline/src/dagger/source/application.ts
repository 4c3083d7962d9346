import type { Plan } from "../../plan/plan.ts";
import type { BuildImageStep, ServeStep } from "../../plan/step.ts";
import type { Container, Service } from "../client.ts";
import { withVariables } from "../environment.ts";
import { imageFrom } from "../executor/image.ts";
import { defineService, provided } from "../executor/service.ts";
import { unwrap } from "../functions.ts";
import type { ModuleRequest } from "../request.ts";
import { type DaggerProject, openProject } from "./project.ts";

/** The application's image, labelled with its commit. */
export async function applicationImage(given: ModuleRequest): Promise<Container> {
  const { project, build } = await openWithImage(given);
  return imageFrom(project.source.directory, build).withLabel(
    "org.opencontainers.image.revision",
    project.plan.trigger.commit,
  );
}

/** The application and every declared service beside it, to be tried by hand. */
export async function application(given: ModuleRequest): Promise<Service> {
  const { project, build, serve } = await openWithImage(given);
  const { plan, source } = project;
  const port = serve?.port ?? 8080;
  let container = withVariables(imageFrom(source.directory, build), {
    PORT: String(port),
    GANTRY_COMMIT: plan.trigger.commit,
    ...serve?.env,
  }).withExposedPort(port);
  for (const [name, service] of Object.entries(plan.services)) {
    container = withVariables(container, provided(service, name)).withServiceBinding(
      name,
      defineService(given.dag, service, "app"),
    );
  }
  return container.asService({ useEntrypoint: true });
}

interface WithImage {
  readonly project: DaggerProject;
  readonly build: BuildImageStep;
  readonly serve: ServeStep | undefined;
}

/** The image is planned with the smoke tests, whatever the event would call for. */
async function openWithImage(given: ModuleRequest): Promise<WithImage> {
  const project = unwrap(await openProject({ ...given, only: ["smoke-tests"] }));
  const steps = stepsOf(project.plan);
  const build = steps.find((step) => step.kind === "build-image");
  if (!build) {
    throw new Error("there is no image: add a Dockerfile, or `image:` to gantry.yaml");
  }
  return { project, build, serve: steps.find((step) => step.kind === "serve") };
}

function stepsOf(plan: Plan): Plan["stages"][number]["steps"] {
  return plan.stages.find(({ id }) => id === "smoke-tests")?.steps ?? [];
}
