/** What a service says of itself. */
export interface Identity {
  readonly deployment: string | undefined;
  readonly commit: string | undefined;
}

/** What tells the wanted version from every other one. */
export interface WantedIdentity {
  /** The provider's id, and the key that was baked in. */
  readonly deployments: readonly string[];
  readonly commit: string | undefined;
}

/** Where the health answer says it: fields of its JSON, with dots for what lies within. */
export interface IdentityFields {
  readonly deployment: readonly string[];
  readonly commit: readonly string[];
}

export const usualFields: IdentityFields = {
  deployment: ["deployment_id", "deploymentId", "deployment"],
  commit: ["commit", "commit_sha", "commitSha", "git_commit", "gitCommit", "sha", "revision"],
};

export function identityIn(body: string, fields: IdentityFields): Identity {
  const json = parse(body);
  const first = (paths: readonly string[]): string | undefined =>
    paths.map((path) => valueAt(json, path)).find((value) => value !== undefined);
  return { deployment: first(fields.deployment), commit: first(fields.commit) };
}

/**
 * Whether it is the wanted version. The deployment's id decides where it is said, since an old
 * deployment may be of the same commit; `none` where nothing is said that could decide.
 */
export function compareIdentity(
  found: Identity,
  wanted: WantedIdentity,
): "same" | "other" | "none" {
  if (found.deployment !== undefined) {
    return wanted.deployments.includes(found.deployment) ? "same" : "other";
  }
  if (found.commit === undefined || wanted.commit === undefined) return "none";
  return sameCommit(found.commit, wanted.commit) ? "same" : "other";
}

const shortestCommit = 7;

/** Either may be shortened: a service says what it was built with, a person types what suffices. */
function sameCommit(found: string, wanted: string): boolean {
  const [a, b] = [found.toLowerCase(), wanted.toLowerCase()];
  const shorter = Math.min(a.length, b.length);
  return shorter >= shortestCommit && (a.startsWith(b) || b.startsWith(a));
}

export function describeIdentity({ deployment, commit }: Identity): string {
  const parts = [
    ...(commit === undefined ? [] : [`commit ${commit.slice(0, 12)}`]),
    ...(deployment === undefined ? [] : [`deployment ${deployment.slice(0, 40)}`]),
  ];
  return parts.join(", ") || "nothing about itself";
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A text that says something; empty ones are what an unset variable leaves. */
function valueAt(json: unknown, path: string): string | undefined {
  let at: unknown = json;
  for (const key of path.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return typeof at === "string" && at !== "" ? at : undefined;
}
