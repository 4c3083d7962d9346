import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { z } from "zod";
import { fail, ok, type Result } from "../../errors/problem.ts";
import {
  type DeploymentFacts,
  metadataNames,
  metadataOf,
} from "../../release/metadata/metadata.ts";
import { metadataYaml } from "../../release/metadata/metadata-yaml.ts";
import type { ReleasePlan } from "../../release/plan.ts";
import type { NewAsset } from "../../release/publish/host.ts";
import type { Variables } from "./world.ts";

/** Files that are named for a release, by their paths. */
export interface NamedFiles {
  /** The run's state.json. */
  readonly state?: string | undefined;
  readonly asset?: readonly string[] | undefined;
  /** What the paths are relative to. */
  readonly cwd: string;
}

/** Files that come with every release, and what is known of the deployment that it follows. */
export interface ReleaseFiles {
  readonly files: readonly NewAsset[];
  readonly deployment: DeploymentFacts | undefined;
}

/** Reads what was named before anything is done: a file that is missing stops the release. */
export async function readReleaseFiles(
  { state, asset = [], cwd }: NamedFiles,
  env: Variables,
): Promise<Result<ReleaseFiles>> {
  const files: NewAsset[] = [];
  for (const path of [...(state === undefined ? [] : [state]), ...asset]) {
    const content = await readFile(resolve(cwd, path)).catch(() => undefined);
    if (!content) return unreadable(path);
    const name = path === state ? "state.json" : assetName(path);
    files.push({ name, contentType: typeOf(name), content });
  }
  const deployment =
    state === undefined ? undefined : deploymentIn(String(files[0]?.content ?? ""), env);
  return ok({ files, deployment });
}

export interface AssetsRequest extends ReleaseFiles {
  /** The bill of materials; a file of the same name that was given takes its place. */
  readonly sbom: readonly NewAsset[];
  /** An ISO time. */
  readonly date: string;
}

/** The release's own description, in both forms, what it is made of, and the files that were given. */
export function assetsOf(
  plan: ReleasePlan,
  { files, deployment, sbom, date }: AssetsRequest,
): NewAsset[] {
  const given = new Set(files.map(({ name }) => name));
  const metadata = metadataOf(plan, date, deployment);
  const json = `${JSON.stringify(metadata, null, 2)}\n`;
  return [
    { name: metadataNames.yaml, contentType: "application/yaml", content: metadataYaml(metadata) },
    { name: metadataNames.json, contentType: "application/json", content: json },
    ...sbom.filter(({ name }) => !given.has(name)),
    ...files,
  ];
}

/** GitHub keeps no other characters in names, and would not be found again under them. */
function assetName(path: string): string {
  return basename(path)
    .replace(/[^\w.+-]+/g, ".")
    .replace(/\.{2,}/g, ".")
    .replace(/^\.+|\.+$/g, "");
}

function typeOf(name: string): string {
  if (name.endsWith(".json")) return "application/json";
  return /\.(ya?ml|txt|md|xml)$/.test(name) ? "text/plain" : "application/octet-stream";
}

const stateForm = z.looseObject({
  timestamp: z.string(),
  deployment: z.looseObject({ environment: z.string(), url: z.string() }),
});

function deploymentIn(text: string, env: Variables): DeploymentFacts | undefined {
  try {
    const { timestamp, deployment } = stateForm.parse(JSON.parse(text));
    return {
      environment: deployment.environment,
      url: deployment.url,
      deployedAt: timestamp,
      deployedBy: env.GITHUB_ACTIONS ? "github-actions" : "gantry",
    };
  } catch {
    // A state without a deployment is uploaded all the same.
    return undefined;
  }
}

function unreadable(path: string): Result<never> {
  return fail({
    code: "GANTRY-USAGE",
    message: `the file ${path} cannot be read`,
    mend: "correct the path after `--asset` or `--state`",
  });
}
