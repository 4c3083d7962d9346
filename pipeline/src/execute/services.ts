import type { ServiceResult, StageContext } from "./executor.ts";
import { ownFailure } from "./own-failure.ts";
import type { Scope } from "./scope.ts";

/** The services of one stage: variables that point to them, and what could not be started. */
export interface StartedServices {
  readonly env: Readonly<Record<string, string>>;
  readonly failed: ReadonlyMap<
    string,
    {
      readonly kind: "not-checked" | "world-failed";
      readonly reason: string;
      readonly mend?: string;
    }
  >;
}

/** Starts services side by side; one that cannot be had is remembered by name. */
export async function startServices(
  names: readonly string[],
  context: StageContext,
  scope: Scope,
): Promise<StartedServices> {
  const { executor, plan } = scope.request;
  const results = await Promise.all(
    names.map(async (name): Promise<{ name: string; result: ServiceResult }> => {
      try {
        const service = plan.services[name];
        if (!service) throw new Error(`the plan names an unknown service ${name}`);
        return { name, result: await executor.startService(name, service, context) };
      } catch (error) {
        return { name, result: ownFailure(error) };
      }
    }),
  );
  const env: Record<string, string> = {};
  const failed = new Map<string, Exclude<(typeof results)[0]["result"], { kind: "ready" }>>();
  for (const { name, result } of results) {
    if (result.kind === "ready") Object.assign(env, result.env);
    else failed.set(name, result);
  }
  return { env, failed };
}
