import { z } from "zod";
import { type Phase, phaseOf } from "./phase.ts";

/** A deployment as Gantry sees it. */
export interface Deployment {
  readonly id: string;
  readonly phase: Phase;
  readonly createdAt: string;
  readonly canRollback: boolean;
  readonly canRedeploy: boolean;
  /** Its application was stopped by hand. */
  readonly stopped: boolean;
  /** Host under which the service is reached. */
  readonly host: string | undefined;
  /** What was said with the upload, where Railway kept it. */
  readonly message: string | undefined;
  /** Why it came about, where Railway says so: deploy, redeploy, rollback. */
  readonly reason: string | undefined;
}

export const deploymentFields = `
  id
  status
  createdAt
  canRollback
  canRedeploy
  deploymentStopped
  staticUrl
  meta
`;

const rawDeployment = z.object({
  id: z.string(),
  status: z.string(),
  createdAt: z.string(),
  canRollback: z.boolean(),
  canRedeploy: z.boolean(),
  deploymentStopped: z.boolean(),
  staticUrl: z.string().nullable(),
  meta: z.unknown(),
});

export const deploymentForm = rawDeployment.transform(
  ({ status, deploymentStopped, staticUrl, meta, ...rest }): Deployment => ({
    ...rest,
    phase: phaseOf(status),
    stopped: deploymentStopped,
    host: staticUrl ?? undefined,
    message: textIn(meta, "cliMessage"),
    reason: textIn(meta, "reason"),
  }),
);

/** `meta` has no schema: a word in it is a hint, never needed. */
function textIn(meta: unknown, key: string): string | undefined {
  if (typeof meta !== "object" || meta === null) return undefined;
  const value = (meta as Record<string, unknown>)[key];
  return typeof value === "string" ? value : undefined;
}

/** A list in Railway's schema, as its nodes. */
export function nodesOf<T>(node: z.ZodType<T>) {
  return z
    .object({ edges: z.array(z.object({ node })) })
    .transform(({ edges }): readonly T[] => edges.map((edge) => edge.node));
}
