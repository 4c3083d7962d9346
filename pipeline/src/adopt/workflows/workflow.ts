/**
 * A workflow as data. Its steps are a closed union, so that no workflow can hold more shell than
 * one `dagger call`, and every value reaches that call through a variable.
 */
export interface Workflow {
  readonly file: string;
  readonly name: string;
  /** What it is for, above everything else. */
  readonly about: string;
  readonly on: Triggers;
  readonly concurrency: Concurrency;
  readonly jobs: readonly Job[];
}

export interface Triggers {
  readonly push?: { readonly branches: readonly string[] };
  readonly pullRequest?: {
    readonly branches?: readonly string[];
    readonly types?: readonly string[];
  };
  readonly mergeGroup?: true;
  /** Minutes, hours, day, month, weekday, in UTC. */
  readonly schedule?: { readonly cron: string; readonly words: string };
  readonly byHand?: { readonly inputs: Readonly<Record<string, Input>> };
}

export interface Input {
  readonly description: string;
  readonly type: "boolean";
  readonly default: boolean;
}

export interface Concurrency {
  readonly why: string;
  readonly group: string;
  readonly cancel: boolean | string;
}

export interface Grant {
  readonly scope: "actions" | "contents" | "deployments" | "issues" | "pull-requests";
  readonly level: "read" | "write";
  readonly why: string;
}

export interface StepsJob {
  readonly id: string;
  readonly about?: string;
  readonly needs?: readonly string[];
  readonly condition?: { readonly is: string; readonly why?: string };
  readonly concurrency?: Concurrency;
  readonly grants: readonly Grant[];
  readonly kind: "steps";
  readonly environment?: Environment;
  readonly minutes: number;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly env?: Variables;
  readonly steps: readonly Step[];
}

export type Job = StepsJob;

export interface Environment {
  readonly name: string;
  readonly why: string;
  readonly url?: string;
  /** `false`: it only holds secrets. */
  readonly deployment?: false;
}

/** Variables by name; a text may carry GitHub's `${{ … }}`. */
export type Variables = Readonly<
  Record<string, string | { readonly value: string; readonly why: string }>
>;

export type Step =
  | { readonly kind: "checkout"; readonly history?: string }
  | { readonly kind: "install-dagger"; readonly why?: string }
  | DaggerCall
  | {
      readonly kind: "stage";
      readonly id?: string;
      readonly inputs: Variables;
      readonly when?: string;
    }
  | {
      readonly kind: "keep";
      readonly name: string;
      readonly paths: readonly string[];
      readonly when?: string;
    }
  | FetchStep;

/** What an earlier job of the same run has kept, below the runner's own folder. */
export interface FetchStep {
  readonly kind: "fetch";
  readonly why: string;
  readonly name: string;
  readonly folder: string;
}

export interface DaggerCall {
  readonly kind: "dagger";
  readonly call: string;
  readonly flags: readonly Flag[];
  readonly env?: Variables;
  readonly when?: string;
  /** Words after the flags: `export --path=…`. */
  readonly next?: { readonly call: string; readonly flags: readonly Flag[] };
}

/** A flag with a plain word, or with a variable that the shell fills in, quoted. */
export type Flag =
  | { readonly name: string; readonly word: string }
  | { readonly name: string; readonly variable: string; readonly below?: string };
