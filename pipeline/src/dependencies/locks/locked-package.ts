/** Whose rules a version follows. */
export type Ecosystem = "python" | "npm";

/** Where a package comes from; only what a registry serves has versions to move to. */
export type Origin = "registry" | "git" | "url" | "path";

/** One package as a lock file holds it. */
export interface LockedPackage {
  readonly name: string;
  /** As it is written; for git with the commit behind it, since the version alone may stay. */
  readonly version: string;
  readonly origin: Origin;
  /** The registry's address, where the lock names it. */
  readonly registry?: string;
  /** Whether the repository itself asks for it; else only other packages do. */
  readonly direct: boolean;
  /** The packages that it asks for, by name. */
  readonly uses: readonly string[];
}

/** What a lock file holds, or why it cannot be read. */
export type ReadLock =
  | { readonly ok: true; readonly packages: readonly LockedPackage[] }
  | { readonly ok: false; readonly why: string };

/** A version that tells two commits of the same version apart. */
export function atCommit(version: string, commit: string | undefined): string {
  return commit ? `${version} (${commit.slice(0, 9)})` : version;
}
