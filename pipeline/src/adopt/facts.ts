import type { WorkflowFacts } from "./workflows/facts.ts";

/** Everything that the files of an adopted repository are made of. */
export interface AdoptionFacts extends WorkflowFacts {
  readonly name: string;
  /** `owner/name` on GitHub, where its remote says so. */
  readonly repository?: string;
  readonly environments: readonly AdoptedEnvironment[];
  /** Secrets that the config names, and whether the pipeline does without them. */
  readonly secrets: readonly { readonly name: string; readonly optional: boolean }[];
  readonly authors: readonly Author[];
  /** Whether prettier reads the repository's files. */
  readonly prettier: boolean;
  readonly gantry: GantrySource;
  /** The local action's program, as Gantry's own repository has it. */
  readonly stageProgram: string;
  /** What a new gantry.yaml says; absent where there is one already. */
  readonly config?: string;
}

export interface AdoptedEnvironment {
  readonly name: string;
  readonly branch?: string;
  readonly url?: string;
}

/** Who committed most, as git's history names them. */
export interface Author {
  readonly name: string;
  readonly commits: number;
}

/** Where `dagger call` finds Gantry's functions. */
export type GantrySource =
  /** The repository is Gantry itself. */
  | { readonly kind: "own" }
  /** dagger.json names Gantry as its blueprint. */
  | { readonly kind: "blueprint"; readonly address: GantryAddress }
  /** dagger.json is a module of their own; each call names Gantry. */
  | { readonly kind: "beside"; readonly address: GantryAddress }
  /** Nobody said where Gantry is published. */
  | { readonly kind: "unknown" };

export interface GantryAddress {
  /** `github.com/owner/gantry@version`. */
  readonly source: string;
  /** The commit that it stood for, where that is known. */
  readonly pin?: string;
}
