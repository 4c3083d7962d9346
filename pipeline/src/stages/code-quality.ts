import type { Component } from "../config/config.ts";
import type { Step } from "../plan/step.ts";
import { buildSteps } from "./build-steps.ts";
import { commandStep } from "./command-step.ts";
import { onMainline } from "./conditions.ts";
import { no, type PlanContext, type StageDefinition } from "./context.ts";
import { narrowed } from "./narrow.ts";
import { installSteps, rulesOf } from "./toolchains/toolchain.ts";
import { adaptLinter } from "./tools/adapt.ts";
import { ruffVersion } from "./tools/finding-env.ts";

/** Lint, format, types and builds: everything that judges the code without running its tests. */
export const codeQuality: StageDefinition = {
  id: "code-quality",
  kind: "check",
  needs: [],
  blocking: () => true,
  decide: (context) =>
    context.config.components.some((component) => component.quality.length > 0 || component.build)
      ? onMainline(context)
      : no("no linter, formatter, type checker or build is configured"),
  steps: (context) =>
    narrowed(
      context.config.components.flatMap((component) => [
        ...qualitySteps(component, context),
        ...ownBuild(component, context),
      ]),
      context,
    ),
};

/** The checks of one component see the same files and do not wait for each other. */
function qualitySteps(component: Component, context: PlanContext): Step[] {
  const checks = component.quality.flatMap(({ name, commands }) =>
    commands.map((written, index) => {
      const argv = adaptLinter(rulesOf(component).adapt(written, component, context));
      const ruff = ruffVersion(argv, component, context);
      const id = `${component.name}/${index === 0 ? name : `${name}-${index + 1}`}`;
      return { id, title: `${component.name}: ${name}`, argv, ...(ruff && { ruff }) };
    }),
  );
  if (checks.length === 0) return [];
  const selfContained = checks.every(
    ({ argv }) => argv[0] === "uvx" && !argv[1]?.startsWith("mypy"),
  );
  const install = selfContained ? [] : installSteps(component, context, "main");
  const built = component.buildFirst ? buildSteps(component, install.at(-1)?.id, "main") : [];
  const ready = built.at(-1)?.id ?? install.at(-1)?.id;
  return [
    ...install,
    ...built,
    ...checks.map((check) => commandStep(component, check, ready, "main")),
  ];
}

/** A build writes files, so it has a copy of its own, unless the checks need what it writes. */
function ownBuild(component: Component, context: PlanContext): Step[] {
  if (!component.build || (component.buildFirst && component.quality.length > 0)) return [];
  const install = installSteps(component, context, "build");
  return [...install, ...buildSteps(component, install.at(-1)?.id, "build")];
}
