import { z } from "zod";
import { type Answer, mapOk, ok, refused, thenOk } from "../../../network/answer.ts";
import type { Connection } from "./connection.ts";
import { nodesOf } from "./deployment.ts";
import { query, run } from "./operation.ts";

/** One service in one environment of one project. */
export interface Target {
  readonly projectId: string;
  readonly environmentId: string;
  readonly serviceId: string;
}

/** A target as people write it: each part by name or id. */
export interface WantedTarget {
  /** May be left out with a project token, which knows its project. */
  readonly project?: string;
  readonly environment: string;
  /** May be left out where the project has one service. */
  readonly service?: string;
}

const named = z.object({ id: z.string(), name: z.string() });
type Named = z.infer<typeof named>;

export type Identity =
  | { readonly kind: "project"; readonly project: Named; readonly environment: Named }
  | { readonly kind: "account"; readonly id: string };

export const projectTokenOperation = query<Record<string, never>>()(
  "query GantryProjectToken { projectToken { project { id name } environment { id name } } }",
  z.object({ projectToken: z.object({ project: named, environment: named }) }),
);

export const accountOperation = query<Record<string, never>>()(
  "query GantryAccount { me { id } }",
  z.object({ me: z.object({ id: z.string() }) }),
);

/** Whom the token stands for: the cheapest proof that it is accepted. */
export async function whoAmI(connection: Connection): Promise<Answer<Identity>> {
  if (connection.token.kind === "account") {
    const answer = await run(connection, accountOperation, {});
    return mapOk(answer, ({ me }) => ({ kind: "account", id: me.id }));
  }
  const answer = await run(connection, projectTokenOperation, {});
  return mapOk(answer, ({ projectToken }) => ({ kind: "project", ...projectToken }));
}

export const projectOperation = query<{ id: string }>()(
  `query GantryProject($id: String!) {
    project(id: $id) {
      id
      name
      environments { edges { node { id name } } }
      services { edges { node { id name } } }
    }
  }`,
  z.object({
    project: z.object({
      id: z.string(),
      name: z.string(),
      environments: nodesOf(named),
      services: nodesOf(named),
    }),
  }),
);

/** Finds a target by names; what is not there is refused with what is. */
export async function findTarget(
  connection: Connection,
  wanted: WantedTarget,
): Promise<Answer<Target>> {
  const identity = await whoAmI(connection);
  return thenOk(identity, async (caller) => {
    const id = caller.kind === "project" ? caller.project.id : wanted.project;
    if (id === undefined) return refused("An account's token needs the project's id beside it");
    const answer = await run(connection, projectOperation, { id });
    return thenOk(answer, ({ project }) => resolve(project, caller, wanted));
  });
}

type Project = z.infer<typeof projectOperation.answer>["project"];

function resolve(project: Project, caller: Identity, wanted: WantedTarget): Answer<Target> {
  if (wanted.project !== undefined && !isCalled(project, wanted.project)) {
    return refused(`The token is for project ${project.name}, not for ${wanted.project}`);
  }
  const environment = project.environments.find((one) => isCalled(one, wanted.environment));
  if (!environment)
    return refused(missing("environment", wanted.environment, project.environments));
  if (caller.kind === "project" && caller.environment.id !== environment.id) {
    return refused(
      `The token is for environment ${caller.environment.name}, not for ${environment.name}`,
    );
  }
  const service = serviceOf(project, wanted.service);
  if (!service) return refused(missing("service", wanted.service, project.services));
  return ok({ projectId: project.id, environmentId: environment.id, serviceId: service.id });
}

function serviceOf(project: Project, wanted: string | undefined): Named | undefined {
  if (wanted !== undefined) return project.services.find((one) => isCalled(one, wanted));
  return project.services.length === 1 ? project.services[0] : undefined;
}

function isCalled(one: Named, name: string): boolean {
  return one.id === name || one.name === name;
}

function missing(what: string, wanted: string | undefined, there: readonly Named[]): string {
  const names = there.map((one) => one.name).join(", ") || "none";
  if (wanted === undefined) return `Name the ${what}: the project has ${names}`;
  return `There is no ${what} ${wanted}: the project has ${names}`;
}
