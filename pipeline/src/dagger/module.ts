import type {
  Changeset,
  Client,
  Container,
  Directory,
  File,
  GitRepository,
  Secret,
  Service,
} from "@dagger.io/dagger";
import {
  planJson,
  runAct,
  runHealthCheck,
  runRelease,
  runStages,
  runToFolder,
  shownRun,
  verdictOf,
} from "./functions.ts";
import { runComment } from "./github/comment.ts";
import { runProtect } from "./github/protect.ts";
import { runSecrets } from "./github/secrets.ts";
import { runInit } from "./init/functions.ts";
import { application, applicationImage } from "./source/application.ts";
import { runProposal, runUpdates } from "./updates/functions.ts";

/**
 * The entrance for the Dagger module: everything it may call. Its types name only the client's, so
 * that the module's introspection meets no type of the core.
 */
export interface Scratch {
  readonly write: (path: string, text: string) => Promise<void>;
  readonly folder: () => Directory;
}

export interface Arguments {
  readonly dag: Client;
  readonly source: Directory;
  readonly repository?: GitRepository | undefined;
  readonly procedures: File;
  readonly scratch: Scratch;
  readonly plan?: File | undefined;
  readonly event?: File | undefined;
  readonly eventName?: string | undefined;
  readonly ref?: string | undefined;
  readonly base?: string | undefined;
  readonly runId?: string | undefined;
  readonly attempt?: number | undefined;
  readonly config?: string | undefined;
  readonly secrets?: readonly Secret[] | undefined;
}

/** What acts on an environment; `ref` is the version that is meant. */
export interface ActArguments
  extends Pick<
    Arguments,
    | "dag"
    | "source"
    | "repository"
    | "procedures"
    | "scratch"
    | "ref"
    | "runId"
    | "attempt"
    | "config"
    | "secrets"
  > {
  readonly env: string;
  readonly wait?: number | undefined;
  readonly githubRepository?: string | undefined;
  readonly actor?: string | undefined;
  readonly runUrl?: string | undefined;
  readonly githubUrl?: string | undefined;
  readonly railwayUrl?: string | undefined;
}

/** What releases; `branch` is the one that is released. */
export interface ReleaseArguments
  extends Omit<Arguments, "plan" | "event" | "eventName" | "ref" | "base"> {
  readonly dryRun?: boolean | undefined;
  readonly pr?: boolean | undefined;
  readonly branch?: string | undefined;
  readonly component?: string | undefined;
  readonly state?: File | undefined;
  readonly githubRepository?: string | undefined;
  readonly runUrl?: string | undefined;
  readonly githubUrl?: string | undefined;
}

/** What finds updates. */
export type UpdateArguments = Omit<Arguments, "plan" | "event" | "eventName" | "ref" | "base">;

/** What proposes them. */
export interface ProposeArguments extends UpdateArguments {
  readonly dryRun?: boolean | undefined;
  readonly githubRepository?: string | undefined;
  readonly githubUrl?: string | undefined;
}

/** What asks GitHub about the repository. */
export interface GithubArguments
  extends Pick<
    Arguments,
    "dag" | "source" | "repository" | "procedures" | "scratch" | "config" | "secrets"
  > {
  readonly githubRepository?: string | undefined;
  readonly githubUrl?: string | undefined;
}

export interface CommentArguments extends GithubArguments {
  readonly run: File;
  readonly event?: File | undefined;
  readonly baseRun?: File | undefined;
  readonly pr?: number | undefined;
  readonly runId?: string | undefined;
  readonly runUrl?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface ProtectArguments extends GithubArguments {
  readonly apply?: boolean | undefined;
  readonly branch?: readonly string[] | undefined;
}

export interface SecretsArguments extends GithubArguments {
  readonly present?: readonly string[] | undefined;
  readonly history?: boolean | undefined;
}

/** What makes a repository ready. */
export interface InitArguments extends Pick<Arguments, "dag" | "source" | "repository"> {
  readonly stageProgram: File;
  readonly githubRepository?: string | undefined;
  readonly module?: string | undefined;
  readonly force?: readonly string[] | undefined;
}

export interface HealthArguments extends Pick<Arguments, "dag" | "procedures"> {
  readonly url: string;
  readonly attempts?: number | undefined;
  readonly interval?: number | undefined;
  readonly consecutive?: number | undefined;
  readonly health?: string | undefined;
  readonly endpoints?: readonly string[] | undefined;
  readonly commit?: string | undefined;
  readonly deployment?: string | undefined;
  readonly certificates?: File | undefined;
  readonly image?: string | undefined;
}

/** Runs the checks, or only some stages with what they need; the summary, or an error with it. */
export function check(given: Arguments, only?: readonly string[]): Promise<string> {
  return runStages(given, only);
}

/** Runs the checks; the run's folder, whatever the verdict. */
export function run(given: Arguments): Promise<Directory> {
  return runToFolder(given);
}

/** The plan as JSON. */
export function plan(given: Arguments): Promise<string> {
  return planJson(given);
}

/** The folder of a run that this engine keeps; runs nothing. */
export function report(given: Arguments): Promise<Directory> {
  return shownRun(given);
}

/** A container that ends as the run in `run.json` did. */
export function verdict(dag: Client, run: File): Promise<Container> {
  return verdictOf(dag, run);
}

/** The application's image. */
export function image(given: Arguments): Promise<Container> {
  return applicationImage(given);
}

/** The application with its services. */
export function app(given: Arguments): Promise<Service> {
  return application(given);
}

/** Brings a version to an environment and proves it, or takes it back. */
export function deploy(given: ActArguments, again: boolean): Promise<string> {
  return runAct(given, { kind: "deploy", again });
}

/** Brings an earlier version back. */
export function rollback(given: ActArguments, to: string | undefined): Promise<string> {
  return runAct(given, { kind: "rollback", to });
}

/** Brings what is proven in one environment to another. */
export function promote(given: ActArguments, from: string): Promise<string> {
  return runAct(given, { kind: "promote", from });
}

/** Asks an address whether it is well. */
export function healthCheck(given: HealthArguments): Promise<string> {
  return runHealthCheck(given);
}

/** Publishes what is due, opens the pull request that brings it, or says what would be. */
export function release(given: ReleaseArguments): Promise<string> {
  return runRelease(given);
}

/** Keeps a run's comment on its pull request; where it stands, or the comment itself. */
export function comment(given: CommentArguments): Promise<string> {
  return runComment(given);
}

/** Compares how branches are protected with what is wanted; with `apply`, mends it. */
export function protect(given: ProtectArguments): Promise<string> {
  return runProtect(given);
}

/** Says which secrets are needed, missing and due; never a value. */
export function secrets(given: SecretsArguments): Promise<string> {
  return runSecrets(given);
}

/** Newer dependencies that pass the tests, as a change of the source. */
export function updateDependencies(given: UpdateArguments): Promise<Changeset> {
  return runUpdates(given);
}

/** Keeps the one pull request with newer dependencies, or says what it would hold. */
export function proposeUpdates(given: ProposeArguments): Promise<string> {
  return runProposal(given);
}

/** What a repository lacks of config, workflows, templates and documents, as a change of it. */
export function init(given: InitArguments): Promise<Changeset> {
  return runInit(given);
}
