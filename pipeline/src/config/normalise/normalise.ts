import { fail, ok, type Place, type Problem, type Result } from "../../errors/problem.ts";
import { commandsOf } from "../commands.ts";
import type { Component, Config, Inference, Suite } from "../config.ts";
import { secondsOf } from "../durations.ts";
import { type Inferred, infer, inferAt } from "../infer/infer.ts";
import type { LocatedConfig } from "../parse/parse.ts";
import type { Survey } from "../survey.ts";
import type { ParsedConfig, SuiteKind, WrittenComponent, WrittenSuite } from "../written.ts";
import { normaliseEnvironments } from "./environments.ts";
import { normaliseImage, normaliseServices } from "./image.ts";
import { normaliseNotify } from "./notify.ts";

/**
 * written form + what the repository shows → normal form. What people wrote lies over what was
 * inferred, key by key; a `false` takes an inferred thing away.
 */
export function normalise(written: LocatedConfig | undefined, survey: Survey): Result<Config> {
  const fromFile = written !== undefined;
  const value: ParsedConfig = written?.value ?? {};
  const problems: Problem[] = [];
  const scope: Scope = {
    fromFile,
    survey,
    problems,
    locate: written?.locate ?? (() => ({})),
    inferred: [],
    warnings: [],
  };
  const shown = value.components && value.image !== undefined ? undefined : infer(survey);
  const components = componentsOf(value, shown, scope);
  const image = normaliseImage(value.image, shown?.image);
  if (image && value.image === undefined && shown) {
    scope.inferred.push({ what: "an image is built", from: image.dockerfile });
  }
  if (problems.length > 0) return fail(...problems);
  return ok({
    name: value.name ?? survey.name,
    origin: fromFile ? "file" : "inferred",
    components,
    services: normaliseServices(value.services ?? {}),
    ...(image && { image }),
    environments: normaliseEnvironments(value, image),
    ...totalGate(value),
    ...(value.codecov && {
      codecov: {
        ...(value.codecov.url && { url: value.codecov.url }),
        token: value.codecov.token ?? "CODECOV_TOKEN",
        required: value.codecov.required ?? false,
      },
    }),
    notify: normaliseNotify(value),
    secrets: Object.fromEntries(
      Object.entries(value.secrets ?? {}).map(([name, s]) => [
        name,
        { optional: s.optional ?? false },
      ]),
    ),
    ...(value.certificates && { certificates: value.certificates }),
    images: value.images ?? {},
    inferred: scope.inferred,
    warnings: scope.warnings,
    written: value,
  });
}

interface Scope {
  readonly fromFile: boolean;
  readonly survey: Survey;
  readonly problems: Problem[];
  readonly locate: (path: readonly PropertyKey[]) => Place;
  readonly inferred: Inference[];
  readonly warnings: string[];
}

function totalGate(value: ParsedConfig): Pick<Config, "coverage"> {
  return value.coverage ? { coverage: { minimum: value.coverage.minimum } } : {};
}

function componentsOf(value: ParsedConfig, shown: Inferred | undefined, scope: Scope): Component[] {
  if (!value.components) {
    scope.inferred.push(...(shown?.inferred.filter((i) => i.from !== "Dockerfile") ?? []));
    scope.warnings.push(...(shown?.warnings ?? []));
    return Object.entries(shown?.components ?? {}).map(([name, component]) =>
      normaliseComponent(name, component, scope),
    );
  }
  return Object.entries(value.components).map(([name, written]) => {
    const guess = inferAt(scope.survey, written.path ?? ".", written.toolchain);
    if (!guess && !written.toolchain) {
      scope.problems.push({
        code: "GANTRY-CONFIG-MISSING",
        ...scope.locate(["components", name]),
        message: `nothing in \`${written.path ?? "."}\` shows how \`${name}\` is built`,
        mend: "add `toolchain: uv` (or pip, npm, pnpm, yarn), or correct its `path`",
      });
    }
    scope.inferred.push(...(guess ? notWritten(guess.inferred, written) : []));
    scope.warnings.push(...(guess?.warnings ?? []));
    return normaliseComponent(name, overlay(written, guess?.component), scope);
  });
}

function notWritten(notes: readonly Inference[], written: WrittenComponent): Inference[] {
  return notes.filter(({ what }) => {
    if (/with (uv|pip|npm|pnpm|yarn)$/.test(what)) return !written.toolchain;
    return /test/.test(what) ? !written.tests : !written.quality;
  });
}

/** Lays what was written over what was inferred. */
function overlay(written: WrittenComponent, guess: WrittenComponent | undefined): WrittenComponent {
  if (!guess) return written;
  return {
    ...guess,
    ...written,
    quality: written.quality ?? guess.quality,
    tests: written.tests ?? guess.tests,
  };
}

function normaliseComponent(name: string, written: WrittenComponent, scope: Scope): Component {
  const at = ["components", name];
  const path = (written.path ?? ".").replace(/\/+$/, "").replace(/^\.\//, "") || ".";
  const list = (key: "install" | "build" | "start"): readonly Command[] | undefined =>
    written[key] === undefined ? undefined : commandsOf(written[key], [...at, key], scope);
  const install = list("install");
  const build = list("build");
  const start = list("start")?.[0];
  return {
    name,
    path,
    toolchain: written.toolchain ?? "npm",
    ...(written.python && { python: written.python }),
    ...(written.node && { node: written.node }),
    ...(install && { install }),
    ...(build && { build }),
    buildFirst: written.buildFirst ?? false,
    ...(start && { start }),
    quality: Object.entries(written.quality ?? {}).flatMap(([check, commands]) =>
      commands === false
        ? []
        : [{ name: check, commands: commandsOf(commands, [...at, "quality", check], scope) }],
    ),
    tests: suitesOf(written, at, scope),
    env: written.env ?? {},
    ...(written.envFile && { envFile: written.envFile }),
    history: written.history ?? false,
    ...(written.inputs && { inputs: written.inputs.map(withoutSlash) }),
  };
}

/** `src/` and `./src` are `src`. */
function withoutSlash(path: string): string {
  return path.replace(/^(\.\/+)+/, "").replace(/\/+$/, "") || ".";
}

type Command = Component["build"] extends readonly (infer C)[] | undefined ? C : never;

function suitesOf(
  written: WrittenComponent,
  at: readonly string[],
  scope: Scope,
): Component["tests"] {
  const suites: Partial<Record<SuiteKind, Suite>> = {};
  for (const [kind, suite] of Object.entries(written.tests ?? {})) {
    if (suite === false || suite === undefined) continue;
    const place = [...at, "tests", kind];
    if (suite.run === undefined) {
      scope.problems.push({
        code: "GANTRY-CONFIG-MISSING",
        ...scope.locate(place),
        message: `\`${place.join(".")}\` does not say what runs the tests`,
        mend: "add `run:` with a command",
      });
      continue;
    }
    suites[kind as SuiteKind] = normaliseSuite(kind as SuiteKind, suite, written, place, scope);
  }
  return suites;
}

function normaliseSuite(
  kind: SuiteKind,
  suite: WrittenSuite,
  component: WrittenComponent,
  place: readonly string[],
  scope: Scope,
): Suite {
  return {
    run: commandsOf(suite.run ?? [], [...place, "run"], scope),
    ...(suite.beforeDeploy && {
      beforeDeploy: commandsOf(suite.beforeDeploy, [...place, "beforeDeploy"], scope),
    }),
    ...coverageOf(kind, suite, scope.fromFile),
    blocking: suite.blocking ?? (kind !== "integration" && kind !== "e2e"),
    secrets: suite.secrets ?? [],
    env: suite.env ?? {},
    timeoutSeconds: secondsOf(suite.timeout ?? "30m"),
    // Without a gantry.yaml the verdict is the one that the repository's own command gives.
    retries: suite.retries ?? (scope.fromFile ? 1 : 0),
    flaky: suite.flaky ?? "warn",
    history: suite.history ?? component.history ?? !scope.fromFile,
  };
}

/** 70 % is the product's own demand: asked only of repositories that chose Gantry by a config. */
function coverageOf(
  kind: SuiteKind,
  suite: WrittenSuite,
  fromFile: boolean,
): Pick<Suite, "coverage"> {
  const wanted = suite.coverage ?? (fromFile && kind === "unit" ? {} : undefined);
  if (!wanted) return {};
  const minimum = wanted.minimum ?? (fromFile ? 70 : undefined);
  return {
    coverage: {
      ...(wanted.source && { source: wanted.source }),
      ...(minimum !== undefined && { minimum }),
    },
  };
}
