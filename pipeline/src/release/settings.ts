import type { Inference } from "../config/config.ts";
import type { InferredRelease } from "../config/infer/release/infer-release.ts";
import type { ParsedConfig } from "../config/written.ts";

/** How much a version grows. */
export type Level = "major" | "minor" | "patch";

export interface ReleaseSettings {
  readonly first: string;
  /** The tag's form with `{version}` in it; absent: the form of the tags that are there. */
  readonly tag?: string;
  readonly changelog: string | false;
  /** The branch that gets the release's commits; absent: `develop`, where there is one. */
  readonly sync: string | false;
  readonly zero: { readonly breaking: "major" | "minor"; readonly feature: "minor" | "patch" };
  /** What each type of commit calls for; one that is not listed, what `*` does, or nothing. */
  readonly types: Readonly<Record<string, Level | "none">>;
  readonly unconventional: Level | "none";
  /** Branch → the name in its pre-releases: `1.2.0-beta.1`. */
  readonly channels: Readonly<Record<string, string>>;
  readonly components: readonly ReleaseComponent[];
  /** What was taken from the settings of the repository's own release tool. */
  readonly inferred: readonly Inference[];
  readonly warnings: readonly string[];
  /** Whether a bill of materials comes with it. */
  readonly sbom: boolean;
}

export interface ReleaseComponent {
  readonly name: string;
  readonly paths: readonly string[];
  readonly tag?: string;
  readonly first?: string;
}

/** `feat` and its long form make features, these three make fixes; as the preset has them. */
export const defaultTypes: ReleaseSettings["types"] = {
  feat: "minor",
  feature: "minor",
  fix: "patch",
  perf: "patch",
  revert: "patch",
};

/** Written form, or where nothing is written what the repository shows → every default filled in. */
export function releaseSettings(
  stated: ParsedConfig["release"],
  shown?: InferredRelease,
): ReleaseSettings {
  const written = stated ?? shown?.release;
  return {
    first: written?.first ?? "1.0.0",
    ...(written?.tag && { tag: written.tag }),
    changelog: written?.changelog ?? "CHANGELOG.md",
    sync: written?.sync ?? "develop",
    zero: {
      breaking: written?.zero?.breaking ?? "minor",
      feature: written?.zero?.feature ?? "patch",
    },
    types: { ...defaultTypes, ...written?.types },
    unconventional: written?.unconventional ?? "none",
    channels: written?.channels ?? {},
    sbom: written?.sbom ?? true,
    components: Object.entries(written?.components ?? {}).map(([name, component]) => ({
      name,
      paths: [component.path].flat(),
      ...(component.tag && { tag: component.tag }),
      ...(component.first && { first: component.first }),
    })),
    inferred: (!stated && shown?.inferred) || [],
    warnings: (!stated && shown?.warnings) || [],
  };
}
