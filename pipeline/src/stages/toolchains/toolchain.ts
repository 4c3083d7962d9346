import type { Command, Component, ToolchainKind } from "../../config/config.ts";
import { folderOf } from "../../config/survey.ts";
import type { Toolchain } from "../../plan/plan.ts";
import type { ExecStep } from "../../plan/step.ts";
import type { AuditPlan, AuditWish } from "../audit/audit-plan.ts";
import type { PlanContext } from "../context.ts";
import { nodeToolchain } from "./node.ts";
import { pipToolchain } from "./pip.ts";
import { uvToolchain } from "./uv.ts";

/** How a kind of component is installed, and how its commands find their programs. */
export interface ToolchainRules {
  readonly describe: (component: Component, context: PlanContext) => Toolchain;
  /** The install commands in order, with what they see and leave. */
  readonly prepare: (component: Component, context: PlanContext) => Preparation[];
  /** Folders of programs, relative to the component. */
  readonly path: readonly string[];
  /** Rewrites a command whose tool the repository does not bring itself. */
  readonly adapt: (argv: Command, component: Component, context: PlanContext) => Command;
  /** How a database of vulnerabilities is asked about its packages; none: there are no packages. */
  readonly audits: (component: Component, context: PlanContext, wish: AuditWish) => AuditPlan[];
}

export interface Preparation {
  readonly id: string;
  readonly argv: Command;
  /** The only files it depends on, relative to the source; absent: all. */
  readonly include?: readonly string[];
  readonly trees?: readonly string[];
  readonly movable?: boolean;
}

const rules: Readonly<Record<ToolchainKind, ToolchainRules>> = {
  uv: uvToolchain,
  pip: pipToolchain,
  npm: nodeToolchain("npm"),
  pnpm: nodeToolchain("pnpm"),
  yarn: nodeToolchain("yarn"),
};

export function rulesOf(component: Component): ToolchainRules {
  return rules[component.toolchain];
}

/** A path of the component, relative to the source's root. */
export function within(component: Pick<Component, "path">, path: string): string {
  return component.path === "."
    ? path
    : path === "."
      ? component.path
      : `${component.path}/${path}`;
}

/** Those of some files that the component has, as paths from the source's root. */
export function present(
  component: Component,
  context: PlanContext,
  names: readonly string[],
): string[] {
  const folder = folderOf(context.survey, component.path);
  return names.filter(folder.has).map((name) => within(component, name));
}

/** The steps that install a component in a workspace, in order. */
export function installSteps(
  component: Component,
  context: PlanContext,
  workspace: string,
): ExecStep[] {
  const toolchain = rulesOf(component);
  const preparations: Preparation[] = component.install
    ? component.install.map((argv, index) => ({ id: `install-${index + 1}`, argv }))
    : toolchain.prepare(component, context);
  const prefix = workspace === "main" ? "" : `${workspace}.`;
  return preparations.map((preparation, index) => {
    const before = preparations[index - 1];
    const after = before && `${component.name}/${prefix}${before.id}`;
    return {
      kind: "exec",
      id: `${component.name}/${prefix}${preparation.id}`,
      title: `${component.name}: install`,
      early: true,
      component: component.name,
      needs: after ? [after] : [],
      ...(after && { after }),
      blocking: true,
      timeoutSeconds: 900,
      toolchain: component.name,
      workspace,
      directory: component.path,
      argv: [...preparation.argv],
      env: { ...component.env },
      secrets: [],
      optionalSecrets: [],
      path: [...toolchain.path],
      inputs: {
        ...(preparation.include && { include: [...preparation.include] }),
        history: component.history && !preparation.include,
      },
      ...(preparation.trees && {
        prepares: {
          trees: preparation.trees.map((tree) => within(component, tree)),
          movable: preparation.movable ?? false,
        },
      }),
      reads: [],
      services: [],
      caches: [],
      leaves: [],
      tests: false,
    };
  });
}
