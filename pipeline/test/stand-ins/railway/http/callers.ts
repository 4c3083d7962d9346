import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "../graphql/context.ts";
import type { Options } from "../options.ts";
import type { Seeded } from "../world/seed.ts";

/** Tells who asks by the token, or nobody that is known. */
export function callerOf(
  headers: IncomingHttpHeaders,
  options: Options,
  { production, staging }: Seeded,
): Caller | undefined {
  const token = headers["project-access-token"];
  const bound = [
    { token: options.projectToken, instance: production },
    { token: options.stagingToken, instance: staging },
  ].find((one) => one.token === token);
  if (bound) {
    const { projectId, environmentId } = bound.instance;
    return { kind: "project", projectId, environmentId };
  }
  const isAccount = headers.authorization === `Bearer ${options.accountToken}`;
  return isAccount ? { kind: "account" } : undefined;
}

/** Who is counted against the rate limit; the address where there is no token. */
export function tokenOf(headers: IncomingHttpHeaders): string {
  return String(headers["project-access-token"] ?? headers.authorization ?? "");
}
