import { nearest } from "../../config/nearest.ts";
import { parseConfig } from "../../config/parse.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { gitLine } from "../../host/git.ts";
import { readReleaseHistory } from "../../host/release-history.ts";
import { formOf, makeReleasePlan } from "../../release/make-release-plan.ts";
import { channelOf } from "../../release/next-version.ts";
import type { NothingToRelease, ReleasePlan } from "../../release/plan.ts";
import {
  type ReleaseComponent,
  type ReleaseSettings,
  releaseSettings,
} from "../../release/settings.ts";
import type { ReleaseOptions } from "../commands/release.ts";
import { readConfig } from "../config-file.ts";
import type { Terminal } from "../main.ts";
import { rootFolder } from "../root-folder.ts";

/** A repository with what is due in it: one answer, or one for each component. */
export interface OpenRelease {
  readonly directory: string;
  readonly branch: string | undefined;
  readonly settings: ReleaseSettings;
  /** `https://host/owner/name`, from the remote. */
  readonly repository: string | undefined;
  readonly plans: readonly (ReleasePlan | NothingToRelease)[];
}

export async function openRelease(
  options: ReleaseOptions,
  { env, cwd }: Terminal,
): Promise<Result<OpenRelease>> {
  const directory = await rootFolder(options.C, cwd);
  const [settings, branch, repository] = await Promise.all([
    readSettings(directory, options, cwd),
    findBranch(directory, options, env),
    findRepository(directory),
  ]);
  if (!settings.ok) return settings;
  const components = chosen(settings.value, options.component);
  if (!components.ok) return components;
  const base = { directory, branch, settings: settings.value, repository };
  const plans: (ReleasePlan | NothingToRelease)[] = [];
  for (const component of components.value) {
    const planned = await planOne(base, component);
    if (!planned.ok) return planned;
    plans.push(planned.value);
  }
  return ok({ ...base, plans });
}

async function planOne(
  { directory, branch, settings, repository }: Omit<OpenRelease, "plans">,
  component: ReleaseComponent | undefined,
): Promise<Result<ReleasePlan | NothingToRelease>> {
  const channel = channelOf(branch, settings);
  const shared = { settings, ...(component && { component }) };
  const history = await readReleaseHistory({
    directory,
    ...(branch !== undefined && { branch }),
    ...(channel !== undefined && { channel }),
    ...(component && { paths: component.paths }),
    form: formOf(shared),
  });
  if (!history.ok) return history;
  return ok(
    makeReleasePlan({ ...shared, history: history.value, ...(repository && { repository }) }),
  );
}

async function readSettings(
  directory: string,
  options: ReleaseOptions,
  cwd: string,
): Promise<Result<ReleaseSettings>> {
  const written = await readConfig(directory, options.config, cwd);
  if (!written.ok) return written;
  if (!written.value) return ok(releaseSettings(undefined));
  const parsed = parseConfig(written.value.text, written.value.file);
  return parsed.ok ? ok(releaseSettings(parsed.value.value.release)) : parsed;
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

async function findRepository(directory: string): Promise<string | undefined> {
  const remote = await gitLine(directory, ["config", "--get", "remote.origin.url"]);
  const found =
    /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/git@|git@)([\w.-]+)(?::\d+)?[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
      remote ?? "",
    );
  return found ? `https://${found[1]}/${found[2]}` : undefined;
}
