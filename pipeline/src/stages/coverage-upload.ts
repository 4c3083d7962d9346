import type { Config } from "../config/config.ts";
import { pins } from "../plan/pins.ts";
import type { Plan } from "../plan/plan.ts";
import type { ExecStep, Step } from "../plan/step.ts";
import type { PlanContext } from "./context.ts";

const toolchain = "coverage-upload";

/**
 * Hands the coverage reports to Codecov with its own command, if the token is there. A failed
 * upload is a warning unless the config says `required`: an outage of somebody else's service must
 * not stop a delivery.
 */
export function coverageUpload(
  { config, trigger }: PlanContext,
  steps: readonly Step[],
): ExecStep[] {
  const { codecov } = config;
  const measured = steps.filter(hasCoverage);
  if (!codecov || measured.length === 0) return [];
  const files = measured.flatMap(({ id, leaves }) =>
    leaves
      .filter(({ format }) => format === "cobertura")
      .flatMap(({ path }) => ["--file", path.replace("{reports}", `{reports:${id}}`)]),
  );
  const { pullRequest, repository } = trigger;
  return [
    {
      kind: "exec",
      id: toolchain,
      title: "coverage upload",
      needs: measured.map(({ id }) => id),
      blocking: codecov.required,
      timeoutSeconds: 120,
      toolchain,
      workspace: "main",
      directory: ".",
      argv: [
        "uvx",
        "--from",
        `codecov-cli==${pins["codecov-cli"]}`,
        "codecovcli",
        "--disable-telem",
        ...(codecov.url ? ["--url", codecov.url] : []),
        "upload-process",
        "--fail-on-error",
        "--disable-search",
        ...files,
        ...["--sha", trigger.commit, "--branch", trigger.branch, "--git-service", "github"],
        ...(repository ? ["--slug", repository] : []),
        ...(pullRequest ? ["--pr", String(pullRequest.number)] : []),
      ],
      env: {},
      secrets: [codecov.token],
      optionalSecrets: [],
      path: [],
      inputs: { include: [], history: false },
      reads: measured.map(({ id }) => id),
      services: [],
      caches: [],
      leaves: [],
      tests: false,
    },
  ];
}

/** The toolchain that the upload runs in, whatever the components are made of. */
export function uploadToolchain(images: Config["images"]): Plan["toolchains"] {
  return {
    [toolchain]: {
      kind: "python",
      tools: { uv: pins.uv },
      ...(images.python && { image: images.python }),
    },
  };
}

function hasCoverage(step: Step): step is ExecStep {
  return step.kind === "exec" && step.leaves.some(({ format }) => format === "cobertura");
}
