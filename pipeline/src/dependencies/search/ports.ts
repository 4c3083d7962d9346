import type { LockSite } from "../locks/lock-sites.ts";
import type { FileContent } from "../report/report.ts";
import type { Attempt } from "./culprits.ts";

/** What a package manager answered. */
export type Locked =
  | { readonly kind: "locked"; readonly text: string }
  | { readonly kind: "impossible"; readonly reason: string }
  | { readonly kind: "world"; readonly reason: string; readonly mend: string };

/** What the checks said of some files; `components` are those whose steps failed. */
export interface Checked extends Pick<Attempt, "reason"> {
  readonly verdict: "green" | "red" | "unknown";
  readonly components: readonly string[];
}

/** The world that updating needs; each call begins from the source as it was. */
export interface UpdatePorts {
  /** Writes a lock anew; `files` are the lock to begin with, and manifests that say something else. */
  readonly lock: (
    site: LockSite,
    files: readonly FileContent[],
    packages: readonly string[] | "all",
  ) => Promise<Locked>;
  readonly check: (files: readonly FileContent[], trying: readonly string[]) => Promise<Checked>;
}
