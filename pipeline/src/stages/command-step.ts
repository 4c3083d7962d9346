import type { Command, Component } from "../config/config.ts";
import type { ExecStep } from "../plan/step.ts";
import { rulesOf } from "./toolchains/toolchain.ts";
import { findingEnv } from "./tools/finding-env.ts";

export interface CommandOfStep {
  readonly id: string;
  readonly title: string;
  readonly argv: Command;
  /** The version of ruff, where it runs one that is known. */
  readonly ruff?: string;
}

/** A command of a component in a workspace, after another step. */
export function commandStep(
  component: Component,
  { ruff, ...what }: CommandOfStep,
  after: string | undefined,
  workspace: string,
): ExecStep {
  return {
    kind: "exec",
    ...what,
    argv: [...what.argv],
    component: component.name,
    needs: after ? [after] : [],
    ...(after && { after }),
    blocking: true,
    timeoutSeconds: 1200,
    toolchain: component.name,
    workspace,
    directory: component.path,
    env: { ...component.env, ...findingEnv(ruff) },
    secrets: [],
    optionalSecrets: [],
    path: [...rulesOf(component).path],
    inputs: { history: component.history },
    reads: [],
    services: [],
    caches: [],
    leaves: [],
    tests: false,
  };
}
