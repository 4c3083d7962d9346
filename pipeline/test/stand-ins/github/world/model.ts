/** What the stand-in knows, in GitHub's own words where an answer shows it. */
export interface Commit {
  readonly sha: string;
  readonly message: string;
  readonly author: string;
  readonly date: string;
  readonly parents: readonly string[];
  readonly files: Files;
}

/** Content by path. */
export type Files = ReadonlyMap<string, Buffer>;

export interface Target {
  readonly sha: string;
  readonly type: "commit" | "tag";
}

export interface TagObject {
  readonly sha: string;
  readonly tag: string;
  readonly message: string;
  readonly object: string;
  readonly date: string;
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly payload: unknown;
  readonly description: string | null;
  readonly creator: string;
  readonly created_at: string;
  readonly transient_environment: boolean;
  readonly production_environment: boolean;
  /** Oldest first. */
  readonly statuses: DeploymentStatus[];
}

export interface DeploymentStatus {
  readonly id: number;
  readonly state: string;
  readonly description: string;
  readonly environment: string;
  readonly environment_url: string;
  readonly log_url: string;
  readonly target_url: string;
  readonly creator: string;
  readonly created_at: string;
}

export interface WorkflowRun {
  readonly id: number;
  /** The workflow's, below `.github/workflows`. */
  readonly file: string;
  readonly event: string;
  readonly head_branch: string;
  readonly head_sha: string;
  /** Nothing while it goes. */
  readonly conclusion: string | null;
  readonly attempt: number;
  readonly fromFork: boolean;
  readonly created_at: string;
  readonly artifacts: Artifact[];
}

export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly content: Buffer;
  expired: boolean;
  readonly created_at: string;
}

export interface Release {
  readonly id: number;
  tag_name: string;
  target_commitish: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  readonly created_at: string;
  published_at: string | null;
  readonly author: string;
  readonly assets: Asset[];
}

export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly state: "uploaded" | "starter";
  readonly content_type: string;
  readonly content: Buffer;
  readonly uploader: string;
  readonly created_at: string;
}

/** An issue, or a pull request, which is one too. */
export interface Issue {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  state: "open" | "closed";
  state_reason: string | null;
  labels: string[];
  readonly author: string;
  readonly created_at: string;
  updated_at: string;
  closed_at: string | null;
  readonly comments: Comment[];
  readonly pull: Pull | undefined;
}

export interface Pull {
  readonly head: string;
  /** Of the head when it was last seen: a branch can go. */
  headSha: string;
  base: string;
  readonly draft: boolean;
  merged_at: string | null;
  merge_commit_sha: string | null;
}

export interface Comment {
  readonly id: number;
  body: string;
  readonly author: string;
  readonly created_at: string;
  updated_at: string;
}

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Environment {
  readonly id: number;
  readonly name: string;
  readonly created_at: string;
  readonly protection_rules: readonly Readonly<Record<string, unknown>>[];
}

export interface Ruleset {
  readonly id: number;
  readonly name: string;
  readonly target: string;
  readonly enforcement: string;
  readonly conditions?: {
    readonly ref_name?: {
      readonly include?: readonly string[];
      readonly exclude?: readonly string[];
    };
  };
  readonly bypass_actors?: readonly unknown[];
  readonly rules?: readonly { readonly type: string; readonly parameters?: unknown }[];
}

/** As it was put. */
export type Protection = Readonly<Record<string, unknown>>;
