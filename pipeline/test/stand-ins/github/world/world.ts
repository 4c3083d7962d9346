import type { ArmedFaults } from "../../armed-faults.ts";
import type { Clock } from "../../railway/clock.ts";
import type { Fault } from "../fault.ts";
import type { Options } from "../options.ts";
import { commitTo } from "./git.ts";
import type {
  Commit,
  Deployment,
  Environment,
  Files,
  Issue,
  Label,
  Protection,
  Release,
  Ruleset,
  Setting,
  TagObject,
  Target,
  WorkflowRun,
} from "./model.ts";

/** All that the stand-in knows of its one repository. */
export interface World {
  readonly clock: Clock;
  readonly options: Options;
  readonly faults: ArmedFaults<Fault>;
  /** Where it is reached; known once it listens. */
  address: string;
  /** Of the store that artifacts are fetched from: another host than the API. */
  storeAddress: string;
  readonly nextId: () => number;
  readonly nextNumber: () => number;
  readonly repository: Record<string, unknown>;
  readonly commits: Map<string, Commit>;
  /** By whole name: `refs/heads/main`. */
  readonly refs: Map<string, Target>;
  readonly tags: Map<string, TagObject>;
  /** By the name of their files together. */
  readonly trees: Map<string, Files>;
  readonly deployments: Deployment[];
  readonly workflowRuns: WorkflowRun[];
  readonly releases: Release[];
  readonly issues: Issue[];
  readonly labels: Label[];
  /** By branch. */
  readonly protections: Map<string, Protection>;
  readonly rulesets: Ruleset[];
  readonly environments: Environment[];
  /** By environment; the repository's own under an empty name. */
  readonly secrets: Map<string, Setting[]>;
  readonly variables: Map<string, Setting[]>;
}

export function createWorld(clock: Clock, options: Options, faults: ArmedFaults<Fault>): World {
  let id = 1000;
  let number = 0;
  const world: World = {
    clock,
    options,
    faults,
    address: "",
    storeAddress: "",
    nextId: () => ++id,
    nextNumber: () => ++number,
    repository: { ...mergeSettings },
    commits: new Map(),
    refs: new Map(),
    tags: new Map(),
    trees: new Map(),
    deployments: [],
    workflowRuns: [],
    releases: [],
    issues: [],
    labels: [],
    protections: new Map(),
    rulesets: [],
    environments: [],
    secrets: new Map(),
    variables: new Map(),
  };
  const files = { "README.md": "# Rose\n" };
  commitTo(world, options.defaultBranch, { message: "feat: begin", files });
  return world;
}

/** As GitHub sets up a new repository. */
const mergeSettings = {
  allow_squash_merge: true,
  allow_merge_commit: true,
  allow_rebase_merge: true,
  squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
  squash_merge_commit_message: "COMMIT_MESSAGES",
  delete_branch_on_merge: false,
};
