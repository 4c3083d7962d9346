import type { Plan } from "../../plan/plan.ts";
import type { Client, Container, Directory, File, Secret, Service } from "../client.ts";

export interface Scratch {
  readonly write: (path: string, text: string) => Promise<void>;
  /** What was written so far, as a folder of the engine. */
  readonly folder: () => Directory;
}

export interface SiteRequest {
  readonly dag: Client;
  readonly plan: Plan;
  readonly source: Directory;
  /** The `.git` folder, for steps that ask for history. */
  readonly history: () => Directory;
  /** The same of a branch that a pull request goes to, and the commit that it stands at. */
  readonly base: (branch: string) => Promise<BaseHistory | undefined>;
  readonly secrets: ReadonlyMap<string, Secret>;
  /** The bundle of procedures that run with `node` inside a container. */
  readonly procedures: File;
  /** A folder of the module's own: texts go into the engine without standing in a query. */
  readonly scratch: Scratch;
  /** Run and attempt: what was red in another run is run again, what was red in this one is not. */
  readonly key: string;
}

export interface BaseHistory {
  readonly commit: string;
  readonly history: Directory;
}

/** The file system that a step left, and what of the source was laid into it. */
export interface State {
  readonly rootfs: Directory;
  readonly whole: boolean;
  readonly history: boolean;
}

/** A folder of the engine that belongs to the run's artifacts. */
export interface Artifact {
  readonly path: string;
  readonly content: { readonly directory: Directory } | { readonly file: File };
}

/** What the parts of the Dagger executor share during one run. */
export interface Site extends SiteRequest {
  readonly bases: Map<string, Promise<Base>>;
  readonly states: Map<string, State>;
  readonly images: Map<string, Container>;
  /** What steps left as reports, for others that read them. */
  readonly reports: Map<string, Directory>;
  /** Started services by stage and name; stopped with their stage. */
  readonly services: Map<string, Map<string, Service>>;
  readonly versions: Map<string, string>;
  readonly logs: Map<string, File>;
  readonly artifacts: Artifact[];
}

/** A toolchain's container before any step: image, certificates, tools, caches. */
export interface Base {
  readonly container: Container;
  readonly versions: Readonly<Record<string, string>>;
}

export function createSite(request: SiteRequest): Site {
  return {
    ...request,
    bases: new Map(),
    states: new Map(),
    reports: new Map(),
    images: new Map(),
    services: new Map(),
    versions: new Map(),
    logs: new Map(),
    artifacts: [],
  };
}

export function stepKey(stage: string, step: string): string {
  return `${stage}/${step}`;
}

/** Remembers a service, so that it ends with its stage. */
export function keepService(site: Site, stage: string, name: string, service: Service): void {
  const started = site.services.get(stage) ?? new Map<string, Service>();
  site.services.set(stage, started.set(name, service));
}

export function serviceOf(site: Site, stage: string, name: string): Service {
  const service = site.services.get(stage)?.get(name);
  if (!service) throw new Error(`nothing was started as ${name} in ${stage}`);
  return service;
}

/** Where a container that is bound to it reaches what a stage serves under a name. */
export function addressOf(site: Site, stage: string, name: string): string {
  const steps = site.plan.stages.find(({ id }) => id === stage)?.steps ?? [];
  const serve = steps.find((step) => step.kind === "serve" && step.serves === name);
  if (serve?.kind !== "serve") throw new Error(`nothing is served as ${name}`);
  return `http://${name}:${serve.port}`;
}
