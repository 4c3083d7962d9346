import type { ReleasePlan } from "../plan.ts";

/** A deployment that was proven, as the release's metadata names it. */
export interface DeploymentFacts {
  readonly environment: string;
  readonly url: string;
  /** ISO 8601, UTC. */
  readonly deployedAt: string;
  readonly deployedBy: string;
}

/** The release's metadata: the seed's form to the letter; what is added stands behind it. */
export interface ReleaseMetadata {
  readonly version: string;
  readonly tag: string;
  readonly commit: string;
  readonly date: string;
  readonly changelog: {
    readonly features: readonly string[];
    readonly fixes: readonly string[];
    readonly chores: readonly string[];
    readonly breaking?: readonly string[];
  };
  readonly deployment?: {
    readonly environment: string;
    readonly url: string;
    readonly deployed_at: string;
    readonly deployed_by: string;
  };
}

/** The assets that hold it. */
export const metadataNames = {
  yaml: "release-metadata.yaml",
  json: "release-metadata.json",
} as const;

/** `date` is the moment of the release, ISO 8601 in UTC to the second. */
export function metadataOf(
  { version, tag, commit, changelog }: ReleasePlan,
  date: string,
  deployment?: DeploymentFacts,
): ReleaseMetadata {
  const { features, fixes, chores, breaking } = changelog;
  return {
    version: `v${version}`,
    tag,
    commit,
    date,
    changelog: { features, fixes, chores, ...(breaking.length > 0 && { breaking }) },
    ...(deployment && {
      deployment: {
        environment: deployment.environment,
        url: deployment.url,
        deployed_at: deployment.deployedAt,
        deployed_by: deployment.deployedBy,
      },
    }),
  };
}
