import type { IncomingHttpHeaders } from "node:http";
import type { Options, Permission } from "../options.ts";

export interface Caller {
  readonly permission: Permission;
  readonly login: string;
}

const permissions: readonly Permission[] = ["read", "write", "admin"];

/** Tells who asks by the token, or nobody that is known. */
export function callerOf(headers: IncomingHttpHeaders, { tokens }: Options): Caller | undefined {
  const token = headers.authorization?.replace(/^(Bearer|token) /, "");
  const permission = permissions.find((one) => tokens[one] === token);
  if (!permission) return undefined;
  return { permission, login: permission === "admin" ? "octocat" : "github-actions[bot]" };
}

/** What GitHub refuses to the token of a workflow. */
const forAdministrators = new Set([
  "users/get-authenticated",
  "repos/update",
  "repos/get-branch-protection",
  "repos/update-branch-protection",
  "repos/create-commit-signature-protection",
  "repos/delete-commit-signature-protection",
  "repos/create-repo-ruleset",
  "repos/update-repo-ruleset",
  "repos/create-or-update-environment",
  "actions/list-repo-secrets",
  "actions/list-environment-secrets",
  "actions/list-repo-variables",
  "actions/list-environment-variables",
]);

export function mayDo({ permission }: Caller, method: string, operationId: string): boolean {
  const needed = forAdministrators.has(operationId) ? "admin" : method === "GET" ? "read" : "write";
  return permissions.indexOf(permission) >= permissions.indexOf(needed);
}
