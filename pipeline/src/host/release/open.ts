import { shownRelease } from "../../config/infer/release/root-files.ts";
import { nearest } from "../../config/nearest.ts";
import type { ParsedConfig } from "../../config/written.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import {
  type ReleaseComponent,
  type ReleaseSettings,
  releaseSettings,
} from "../../release/settings.ts";
import { mainBranch } from "./branches.ts";
import { type RepositoryFacts, readRepository } from "./repository.ts";
import { checkoutFiles } from "./root-files.ts";
import type { Variables } from "./world.ts";

export interface ReleaseRequest {
  /** A git checkout, or a folder that holds only `.git`. */
  readonly directory: string;
  /** The config as it is written, where there is one. */
  readonly written: { readonly text: string; readonly file: string } | undefined;
  readonly env: Variables;
  /** What is released (the branch that HEAD is on). */
  readonly branch?: string | undefined;
  /** The branch that releases are made from; looked for where it is not said. */
  readonly main?: string | undefined;
  /** Only this one of the config's components. */
  readonly component?: string | undefined;
}

/** A repository, and everything that is said about its releases. */
export interface OpenRelease {
  readonly directory: string;
  readonly facts: RepositoryFacts;
  readonly branch: string | undefined;
  /** The branch that releases are made from. */
  readonly main: string;
  readonly config: ParsedConfig;
  /** The config's file, from the repository's root. */
  readonly configFile: string;
  readonly settings: ReleaseSettings;
  /** `https://host/owner/name`, from the remote. */
  readonly repository: string | undefined;
  /** What is released: parts with versions of their own, or all as one. */
  readonly components: readonly (ReleaseComponent | undefined)[];
}

export async function openRelease(request: ReleaseRequest): Promise<Result<OpenRelease>> {
  const { directory } = request;
  // The config is read while git answers, or where it says nothing of releases, what the repository shows.
  const [facts, said] = await Promise.all([readRepository(directory), readSaid(request)]);
  if (!said.ok) return said;
  if (!facts.ok) return facts;
  const { config, settings } = said.value;
  const components = chosen(settings, request.component);
  if (!components.ok) return components;
  return ok({
    directory,
    facts: facts.value,
    branch: branchOf(request, facts.value),
    main: request.main ?? mainBranch(config, facts.value.mainlines),
    config,
    configFile: request.written?.file ?? "gantry.yaml",
    settings,
    repository: repositoryOf(request, facts.value),
    components: components.value,
  });
}

async function readSaid(
  request: ReleaseRequest,
): Promise<Result<Pick<OpenRelease, "config" | "settings">>> {
  const config = await readWritten(request);
  if (!config.ok) return config;
  const { release } = config.value;
  const shown = release ? undefined : await shownRelease(await checkoutFiles(request.directory));
  return ok({ config: config.value, settings: releaseSettings(release, shown) });
}

async function readWritten({ written }: ReleaseRequest): Promise<Result<ParsedConfig>> {
  if (!written) return ok({});
  // A repository without a config does not wait for the schema.
  const { parseConfig } = await import("../../config/parse/parse.ts");
  const parsed = parseConfig(written.text, written.file);
  return parsed.ok ? ok(parsed.value.value) : parsed;
}

/** All components, the one that was named, or none: one version for all. */
function chosen(
  { components }: ReleaseSettings,
  name: string | undefined,
): Result<readonly (ReleaseComponent | undefined)[]> {
  if (name === undefined) return ok(components.length > 0 ? components : [undefined]);
  const found = components.find((component) => component.name === name);
  if (found) return ok([found]);
  const names = components.map((component) => component.name);
  const near = nearest(name, names);
  return fail({
    code: "GANTRY-USAGE",
    message: `\`release.components\` has no \`${name}\``,
    mend: near
      ? `write \`--component ${near}\``
      : "leave `--component` out, or add it to gantry.yaml",
  });
}

function branchOf(
  { branch, env }: ReleaseRequest,
  { branch: current }: RepositoryFacts,
): string | undefined {
  return branch ?? current ?? /^refs\/heads\/(.+)$/.exec(env.GITHUB_REF ?? "")?.[1];
}

/** From the remote; a container that has none may still be told by the workflow. */
function repositoryOf({ env }: ReleaseRequest, { remote }: RepositoryFacts): string | undefined {
  const found =
    /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/git@|git@)([\w.-]+)(?::\d+)?[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
      remote ?? "",
    );
  if (found) return `https://${found[1]}/${found[2]}`;
  const told = env.GITHUB_REPOSITORY;
  return told ? `${env.GITHUB_SERVER_URL || "https://github.com"}/${told}` : undefined;
}
