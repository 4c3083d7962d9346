import type { ServiceResult, StageContext } from "../../execute/executor.ts";
import type { PlannedService } from "../../plan/plan.ts";
import type { Client, Service } from "../client.ts";
import { withVariables } from "../environment.ts";
import { execFailureOf, wordsOf } from "../failure.ts";
import { overdue, within } from "../run/deadline.ts";
import { keepService, type Site } from "./site.ts";

export interface ServiceRequest {
  readonly site: Site;
  readonly name: string;
  readonly service: PlannedService;
  readonly context: StageContext;
}

/** Starts a service for one stage, and waits until its port answers. */
export async function startService(request: ServiceRequest): Promise<ServiceResult> {
  const { site, name, service, context } = request;
  const defined = defineService(site.dag, service, context.stage);
  keepService(site, context.stage, name, defined);
  try {
    const end = await within(defined.start(), service.readySeconds, 0);
    if (end !== overdue) return { kind: "ready", env: provided(service, name) };
    return {
      kind: "world-failed",
      reason: `port ${service.port} of \`${service.image}\` did not answer within ${service.readySeconds} s`,
      mend: "look at what the service says, or give it a longer `ready`",
    };
  } catch (error) {
    const failure = execFailureOf(error);
    const why = failure
      ? `it ended with ${failure.exit}: ${failure.output.slice(-500)}`
      : wordsOf(error);
    return {
      kind: "world-failed",
      reason: `\`${service.image}\` did not start: ${why}`,
      mend: "check the image's name and that the engine reaches its registry",
    };
  }
}

/** The stage's name stands in the definition, since equal definitions are one running service. */
export function defineService(dag: Client, service: PlannedService, stage: string): Service {
  return withVariables(dag.container().from(service.image), service.env)
    .withEnvVariable("GANTRY_STAGE", stage)
    .withExposedPort(service.port)
    .asService({ useEntrypoint: true });
}

/** Fills `{host}` and `{port}` into the variables that a service provides. */
export function provided(service: PlannedService, host: string): Record<string, string> {
  const entries = Object.entries(service.provides);
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      value.replaceAll("{host}", host).replaceAll("{port}", String(service.port)),
    ]),
  );
}
