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
  /** What each type of commit calls for; a type that is not listed calls for nothing. */
  readonly types: Readonly<Record<string, Level | "none">>;
  readonly unconventional: Level | "none";
  /** Branch → the name in its pre-releases: `1.2.0-beta.1`. */
  readonly channels: Readonly<Record<string, string>>;
  readonly components: readonly ReleaseComponent[];
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
const defaultTypes: ReleaseSettings["types"] = {
  feat: "minor",
  feature: "minor",
  fix: "patch",
  perf: "patch",
  revert: "patch",
};

/** Written form → every default filled in. */
export function releaseSettings(written: ParsedConfig["release"]): ReleaseSettings {
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
  };
}
