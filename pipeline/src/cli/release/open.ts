import { nearest } from "../../config/nearest.ts";
import type { ParsedConfig } from "../../config/written.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { gitLine } from "../../host/git.ts";
import {
  type ReleaseComponent,
  type ReleaseSettings,
  releaseSettings,
} from "../../release/settings.ts";
import type { ReleaseOptions } from "../commands/release.ts";
import { readConfig } from "../config-file.ts";
import type { Terminal } from "../main.ts";
import { rootFolder } from "../root-folder.ts";

/** A repository, and everything that is said about its releases. */
export interface OpenRelease {
  readonly directory: string;
  readonly branch: string | undefined;
  readonly config: ParsedConfig;
  readonly settings: ReleaseSettings;
  /** `https://host/owner/name`, from the remote. */
  readonly repository: string | undefined;
  /** What is released: parts with versions of their own, or all as one. */
  readonly components: readonly (ReleaseComponent | undefined)[];
}

export async function openRelease(
  options: ReleaseOptions,
  { env, cwd }: Terminal,
): Promise<Result<OpenRelease>> {
  const directory = await rootFolder(options.C, cwd);
  const [config, branch, repository] = await Promise.all([
    readWritten(directory, options, cwd),
    findBranch(directory, options, env),
    findRepository(directory, env),
  ]);
  if (!config.ok) return config;
  const settings = releaseSettings(config.value.release);
  const components = chosen(settings, options.component);
  if (!components.ok) return components;
  return ok({
    directory,
    branch,
    config: config.value,
    settings,
    repository,
    components: components.value,
  });
}

async function readWritten(
  directory: string,
  options: ReleaseOptions,
  cwd: string,
): Promise<Result<ParsedConfig>> {
  const written = await readConfig(directory, options.config, cwd);
  if (!written.ok) return written;
  if (!written.value) return ok({});
  // A repository without a config does not wait for the schema.
  const { parseConfig } = await import("../../config/parse.ts");
  const parsed = parseConfig(written.value.text, written.value.file);
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

async function findBranch(
  directory: string,
  options: ReleaseOptions,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  if (options.branch !== undefined) return options.branch;
  const current = await gitLine(directory, ["symbolic-ref", "--quiet", "--short", "HEAD"]);
  return current ?? /^refs\/heads\/(.+)$/.exec(env.GITHUB_REF ?? "")?.[1];
}

/** From the remote; a container that has none may still be told by the workflow. */
async function findRepository(
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const remote = await gitLine(directory, ["config", "--get", "remote.origin.url"]);
  const found =
    /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/git@|git@)([\w.-]+)(?::\d+)?[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
      remote ?? "",
    );
  if (found) return `https://${found[1]}/${found[2]}`;
  const told = env.GITHUB_REPOSITORY;
  return told ? `${env.GITHUB_SERVER_URL || "https://github.com"}/${told}` : undefined;
}
