import { exceptionsOf } from "../config/accepted.ts";
import type { Config } from "../config/config.ts";
import {
  defaultBranches,
  defaultLargeFileBytes,
  defaultRequiredFiles,
  defaultTypes,
  type PullRequestRules,
} from "./rules.ts";

/**
 * What a repository asks of its pull requests. Without a gantry.yaml it has asked for nothing: then
 * only what is wrong everywhere counts.
 */
export function pullRequestRulesOf(
  config: Config,
  branches: { readonly main: string; readonly develop: string },
  base: string,
): PullRequestRules {
  const asked = config.origin === "file";
  const written = config.written.pullRequests ?? {};
  const names = written.branches === false ? [] : (written.branches ?? defaultBranches);
  // What was released goes back to develop from main itself.
  const standing = base === branches.main ? [branches.develop] : [branches.develop, branches.main];
  return {
    asked,
    types: asked && written.types !== false ? [...(written.types ?? defaultTypes)] : [],
    branches: asked && names.length > 0 ? [...names, ...standing] : [],
    requiredFiles: asked ? [...(written.requiredFiles ?? defaultRequiredFiles)] : [],
    largeFileBytes: bytesOf(written.largeFile) ?? defaultLargeFileBytes,
    variables: asked ? variablesOf(config) : [],
    accepted: exceptionsOf(config.written.accepted),
  };
}

function bytesOf(written: string | undefined): number | undefined {
  const [, count, unit] = /^(\d+)(KB|MB)$/.exec(written ?? "") ?? [];
  return count === undefined ? undefined : Number(count) * (unit === "MB" ? 1024 ** 2 : 1024);
}

/** Secrets of the pipeline alone: whoever starts the application needs none of them. */
const pipelineOnly =
  /^(RAILWAY|GITHUB|GH|CODECOV|SLACK|DISCORD|SNYK|NPM|PYPI|DOCKERHUB|GHCR)_|^(SENTRY_AUTH_TOKEN|DD_API_KEY|DATADOG_API_KEY)$/;

/** Every secret and variable with which the application is started. */
export function variablesOf({ written, codecov, notify }: Config): string[] {
  const { slack, discord, sentry, datadog } = notify;
  const pipeline = new Set([codecov?.token, slack, discord, sentry?.token, datadog?.key]);
  const secrets = Object.keys(written.secrets ?? {}).filter(
    (name) => !pipeline.has(name) && !pipelineOnly.test(name),
  );
  const deployed = Object.values(written.environments ?? {}).flatMap(({ variables }) =>
    Object.keys(variables ?? {}),
  );
  const image = written.image ? Object.keys(written.image.env ?? {}) : [];
  return [...new Set([...secrets, ...image, ...deployed])].sort();
}
