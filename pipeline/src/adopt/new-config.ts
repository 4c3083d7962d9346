import { infer, inferAt } from "../config/infer/infer.ts";
import type { InferredRelease } from "../config/infer/release/infer-release.ts";
import { loadConfig } from "../config/load.ts";
import type { Survey } from "../config/survey.ts";
import type { WrittenComponent, WrittenSuite } from "../config/written.ts";
import { makePlan } from "../plan/make-plan.ts";
import { triggerOfCheckout } from "../plan/trigger.ts";
import { visibleLine } from "../report/visible.ts";
import { suggestions } from "./suggestions.ts";
import { note, type Value, yamlText } from "./yaml-text.ts";

/**
 * A first gantry.yaml: what was found, as far as a person should see it and decide, with the 70 %
 * that Gantry asks for wherever something measures the coverage. How versions are made is
 * written down, since the settings it was read from go when their tool does.
 */
export function newConfig(survey: Survey, release?: InferredRelease): string {
  const written = configText(survey, () => true);
  const measured = measuredComponents(written, survey);
  return configText(survey, (name) => measured.has(name), release);
}

type Measured = (component: string) => boolean;

function configText(survey: Survey, measured: Measured, release?: InferredRelease): string {
  const { components } = infer(survey);
  const all = Object.entries(components).map(([name, component], index): [string, Value] => [
    name,
    note(componentValue(component, measured(name)), {
      above: foundIn(survey, component),
      apart: index > 0,
    }),
  ]);
  const about = [
    "How this repository is delivered. `gantry plan` shows what follows from it, `gantry ci` runs the checks.",
    "What is not said here is taken from the repository; `gantry plan` says what, and from where.",
  ].join("\n");
  const text = yamlText(
    {
      name: survey.name,
      components: all.length > 0 ? note(Object.fromEntries(all), { apart: true }) : undefined,
      release: release && releaseValue(release),
    },
    about,
  );
  return `${text}\n${suggestions(survey)}`;
}

function componentValue(component: WrittenComponent, measured: boolean): Value {
  const { path = ".", toolchain, tests } = component;
  return {
    path,
    toolchain,
    tests: tests && suitesValue(tests, measured),
  };
}

/** Suites are laid over what is inferred as a whole, so all that were found stand here. */
function suitesValue(tests: NonNullable<WrittenComponent["tests"]>, measured: boolean): Value {
  return Object.fromEntries(
    Object.entries(tests).map(([kind, suite]) => [
      kind,
      suite === false || kind !== "unit" ? (suite as Value) : gated(suite, measured),
    ]),
  );
}

function gated(suite: WrittenSuite, measured: boolean): Value {
  const { coverage, ...rest } = suite;
  const minimum = measured
    ? note(70, { above: "Percent of lines and branches; the check is red below it." })
    : note(0, {
        above: [
          "Nothing here measures coverage yet, so nothing is asked. Let the tests measure it",
          "(pytest-cov, @vitest/coverage-v8, jest), then ask for 70.",
        ].join("\n"),
      });
  return { ...(rest as Record<string, Value>), coverage: { source: coverage?.source, minimum } };
}

/** As the repository's own tool has it; nothing where that is what Gantry does anyway. */
function releaseValue({ release, inferred }: InferredRelease): Value | undefined {
  if (Object.keys(release).length === 0) return undefined;
  const found = inferred.map(({ what, from }) => visibleLine(`${what} (${from})`));
  return note(release as Value, { above: ["Found:", ...found].join("\n"), apart: true });
}

/** What was found in a component's folder, as comments that no text from outside can end. */
function foundIn(survey: Survey, component: WrittenComponent): string {
  const guess = inferAt(survey, component.path ?? ".", component.toolchain);
  const found = (guess?.inferred ?? []).map(({ what, from }) => `${what} (${from})`);
  const lines = found.length > 0 ? ["Found:", ...found.map((line) => `  ${line}`)] : [];
  return lines.map((line) => visibleLine(line)).join("\n");
}

/** Components whose unit tests leave a coverage report, as the plan has it. */
function measuredComponents(text: string, survey: Survey): ReadonlySet<string> {
  const config = loadConfig({ text, file: "gantry.yaml" }, survey);
  if (!config.ok)
    throw new Error(`the new gantry.yaml is wrong: ${JSON.stringify(config.problems)}`);
  const checkout = { branch: "main", commit: undefined, branches: ["main"] };
  const trigger = triggerOfCheckout(checkout, { event: "push", branch: "main" });
  const plan = makePlan({ config: config.value, survey, trigger, source: "" });
  const steps = plan.stages.find(({ id }) => id === "unit-tests")?.steps ?? [];
  const measuring = steps.filter(
    (step) => step.kind === "exec" && step.leaves.some(({ format }) => format === "cobertura"),
  );
  return new Set(measuring.map(({ component }) => component).filter((name) => name !== undefined));
}
