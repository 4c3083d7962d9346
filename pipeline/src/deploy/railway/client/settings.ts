import { z } from "zod";
import { type Answer, mapOk, ok, thenOk } from "../../../network/answer.ts";
import type { Connection } from "./connection.ts";
import { mutation, query, run } from "./operation.ts";
import type { Target } from "./target.ts";

/** The settings of a service that Gantry keeps; the names are Railway's. */
const settingsShape = {
  builder: z.string(),
  buildCommand: z.string().nullable(),
  cronSchedule: z.string().nullable(),
  dockerfilePath: z.string().nullable(),
  drainingSeconds: z.number().nullable(),
  healthcheckPath: z.string().nullable(),
  healthcheckTimeout: z.number().nullable(),
  numReplicas: z.number().nullable(),
  overlapSeconds: z.number().nullable(),
  preDeployCommand: z.preprocess(asList, z.array(z.string()).nullable()),
  region: z.string().nullable(),
  restartPolicyMaxRetries: z.number(),
  restartPolicyType: z.string(),
  rootDirectory: z.string().nullable(),
  sleepApplication: z.boolean().nullable(),
  startCommand: z.string().nullable(),
  watchPatterns: z.array(z.string()),
};

const settingsForm = z.object(settingsShape);
export type Settings = Readonly<z.infer<typeof settingsForm>>;
/** What is not named is left as it is. */
export type WantedSettings = Partial<Settings>;

/** One difference between what the config wants and what Railway has. */
export interface Drift {
  readonly path: string;
  readonly wanted: unknown;
  readonly found: unknown;
}

export const settingsOperation = query<{ environmentId: string; serviceId: string }>()(
  `query GantrySettings($environmentId: String!, $serviceId: String!) {
    serviceInstance(environmentId: $environmentId, serviceId: $serviceId) {
      ${Object.keys(settingsShape).join("\n      ")}
    }
  }`,
  z.object({ serviceInstance: settingsForm }),
);

export async function readSettings(
  connection: Connection,
  { environmentId, serviceId }: Target,
): Promise<Answer<Settings>> {
  const answer = await run(connection, settingsOperation, { environmentId, serviceId });
  return mapOk(answer, ({ serviceInstance }) => serviceInstance);
}

/** What would change, without changing anything. */
export function compareSettings(wanted: WantedSettings, found: Settings): readonly Drift[] {
  return Object.entries(wanted)
    .map(([path, value]) => ({ path, wanted: value, found: found[path as keyof Settings] }))
    .filter((drift) => JSON.stringify(drift.wanted) !== JSON.stringify(drift.found));
}

export const updateOperation = mutation<{
  environmentId: string;
  serviceId: string;
  input: Readonly<Record<string, unknown>>;
}>()(
  `mutation GantrySettingsUpdate(
    $environmentId: String!, $serviceId: String!, $input: ServiceInstanceUpdateInput!
  ) {
    serviceInstanceUpdate(environmentId: $environmentId, serviceId: $serviceId, input: $input)
  }`,
  z.object({ serviceInstanceUpdate: z.literal(true) }),
);

/**
 * Mends the drift, and only it; the answer is what still differs afterwards. The environment is
 * always named: without it, Railway changes every environment.
 */
export async function applySettings(
  connection: Connection,
  target: Target,
  wanted: WantedSettings,
): Promise<Answer<readonly Drift[]>> {
  const found = await readSettings(connection, target);
  return thenOk(found, async (settings) => {
    const drift = compareSettings(wanted, settings);
    if (drift.length === 0) return ok(drift);
    const input = Object.fromEntries(drift.map((one) => [one.path, one.wanted]));
    const { environmentId, serviceId } = target;
    const answer = await run(connection, updateOperation, { environmentId, serviceId, input });
    if (answer.kind !== "ok") return answer;
    return mapOk(await readSettings(connection, target), (now) => compareSettings(wanted, now));
  });
}

/** Railway gives this one as JSON: a list, one command, nothing, or what nobody has seen yet. */
function asList(value: unknown): unknown {
  if (value === undefined || value === null || Array.isArray(value)) return value ?? null;
  return [typeof value === "string" ? value : JSON.stringify(value)];
}
