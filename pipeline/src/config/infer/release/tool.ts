import type { Level } from "../../../release/settings.ts";
import type { Documents } from "./documents.ts";

/** How a tool makes versions, as far as a repository's settings of it tell and Gantry can say. */
export interface ToolRules {
  /** The file, with the place in it where it holds much else. */
  readonly from: string;
  /** What grows below 1.0.0. */
  readonly zero?: {
    readonly breaking?: "major" | "minor" | undefined;
    readonly feature?: "minor" | "patch" | undefined;
  };
  /** All the types that it counts: others, Gantry's own defaults too, call for nothing then. */
  readonly types?: Readonly<Record<string, Level | "none">>;
  /** Whether it makes a patch of whatever else there is. */
  readonly anything?: boolean;
  /** How it writes tags, with `{version}` in it. */
  readonly tag?: string | undefined;
  /** Branch → the name in its pre-releases. */
  readonly channels?: Readonly<Record<string, string>>;
  /** Its rules that no setting of Gantry's can say, each in words for people. */
  readonly unsaid?: readonly string[];
}

export interface ReleaseTool {
  readonly name: string;
  /** How a workflow or a script calls it to make a version. */
  readonly calls: RegExp;
  /** What the repository sets; undefined where it does not use the tool. */
  readonly read: (documents: Documents) => ToolRules | undefined;
}

/** A command by one of these names, not another whose name begins or ends like it. */
export function wordOf(...names: readonly string[]): RegExp {
  return new RegExp(`(^|[\\s/;&|"'])(${names.join("|")})($|[\\s;&|"'@])`, "m");
}
