/** What asking the place that holds releases can come to. */
export type HostAnswer<T> =
  | { readonly kind: "ok"; readonly value: T }
  /** Heard and turned down: certainly not done. */
  | { readonly kind: "refused"; readonly why: Refusal; readonly reason: string }
  /** No answer of use: what was asked may have been done. */
  | { readonly kind: "unknown"; readonly reason: string };

/** `taken`: it is there already, or has changed meanwhile; `protected`: only by pull request. */
export type Refusal = "taken" | "conflict" | "protected" | "immutable" | "forbidden" | "other";

export interface HostRelease {
  readonly id: number;
  readonly tag: string;
  readonly draft: boolean;
  readonly body: string;
  readonly url: string;
  /** Where assets are sent. */
  readonly uploadUrl: string;
  readonly assets: readonly HostAsset[];
}

export interface HostAsset {
  readonly id: number;
  readonly name: string;
  /** False where an upload broke off: it holds its name, with no use. */
  readonly whole: boolean;
}

export interface HostPull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
}

export interface NewAsset {
  readonly name: string;
  readonly contentType: string;
  readonly content: string | Uint8Array;
}

export interface FileWrite {
  readonly path: string;
  readonly branch: string;
  readonly content: string;
  readonly message: string;
  /** What it replaces; absent: only a new file is made. */
  readonly version?: string;
}

/** Where releases are kept: GitHub, or a stand-in in memory. Looks change nothing; acts do one thing. */
export interface ReleaseHost {
  /** The commit that a tag stands on, through an annotated tag's object. */
  findTag(name: string): Promise<HostAnswer<string | undefined>>;
  /** Makes a tag; one that exists is never moved: `taken`. */
  createTag(name: string, commit: string): Promise<HostAnswer<undefined>>;
  /** All releases of a tag, drafts too, the oldest first. */
  listReleases(tag: string): Promise<HostAnswer<readonly HostRelease[]>>;
  createDraft(draft: NewDraft): Promise<HostAnswer<HostRelease>>;
  uploadAsset(release: HostRelease, asset: NewAsset): Promise<HostAnswer<undefined>>;
  /** Only what an upload that broke off left behind. */
  deleteHalfAsset(asset: HostAsset): Promise<HostAnswer<undefined>>;
  publish(release: HostRelease, latest: boolean): Promise<HostAnswer<undefined>>;
  /** A draft, never a published release. */
  deleteDraft(release: HostRelease): Promise<HostAnswer<undefined>>;
  setBody(release: HostRelease, body: string): Promise<HostAnswer<undefined>>;
  findBranch(name: string): Promise<HostAnswer<string | undefined>>;
  createBranch(name: string, commit: string): Promise<HostAnswer<undefined>>;
  readFile(
    path: string,
    branch: string,
  ): Promise<HostAnswer<{ readonly content: string; readonly version: string } | undefined>>;
  /** One commit; `taken` where the file has changed meanwhile, `protected` where only pull requests may. */
  writeFile(write: FileWrite): Promise<HostAnswer<undefined>>;
  /** How many commits `head` has that `base` has not. */
  countAhead(base: string, head: string): Promise<HostAnswer<number>>;
  /** `conflict` where they do not fit together. */
  merge(base: string, head: string, message: string): Promise<HostAnswer<undefined>>;
  findOpenPull(head: string, base: string): Promise<HostAnswer<HostPull | undefined>>;
  createPull(pull: NewPull): Promise<HostAnswer<HostPull>>;
  updatePull(number: number, title: string, body: string): Promise<HostAnswer<undefined>>;
}

export interface NewDraft {
  readonly tag: string;
  readonly commit: string;
  readonly title: string;
  readonly body: string;
  readonly prerelease: boolean;
}

export interface NewPull {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

export function answer<T>(value: T): HostAnswer<T> {
  return { kind: "ok", value };
}

export function refuse(
  why: Refusal,
  reason: string,
): { readonly kind: "refused"; readonly why: Refusal; readonly reason: string } {
  return { kind: "refused", why, reason };
}
