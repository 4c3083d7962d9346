import { describe, expect, test } from "vitest";
import { configOf, surveyWith } from "../../test/builders/config.ts";
import { sampleTrigger } from "../../test/builders/run.ts";
import { makePlan } from "../plan/make-plan.ts";
import { pins } from "../plan/pins.ts";
import type { Stage, Trigger } from "../plan/plan.ts";
import type { ExecStep } from "../plan/step.ts";

type Files = Readonly<Record<string, string>>;

const locked: Files = {
  "package.json": '{ "name": "web", "dependencies": { "left-tree": "1.0.0" } }',
  "package-lock.json": "{}",
};

function stageOf(files: Files, config: string, trigger: Partial<Trigger> = {}): Stage {
  const { base: _, pullRequest: __, ...plain } = sampleTrigger();
  const plan = makePlan({
    config: configOf(config, files),
    survey: surveyWith(files),
    trigger: { ...plain, event: "manual", branch: "main", ...trigger },
    source: "git-tree:1",
  });
  const found = plan.stages.find(({ id }) => id === "security");
  if (!found) throw new Error("there is no stage");
  return found;
}

function steps(files: Files, config = "security: {}\n"): ExecStep[] {
  return stageOf(files, config).steps.flatMap((step) => (step.kind === "exec" ? [step] : []));
}

const commands = (files: Files, config?: string): string[] =>
  steps(files, config).map(({ id, argv }) => `${id}: ${argv.join(" ")}`);

describe("when it runs", () => {
  const push = (branch: string): Partial<Trigger> => ({ event: "push", branch });
  const pull = (base: string, branch = "feature/x"): Partial<Trigger> => ({
    event: "pull-request",
    branch,
    base,
  });
  test.each<[string, Partial<Trigger>, boolean]>([
    ["a pull request to main", pull("main"), true],
    ["a pull request to develop", pull("develop"), true],
    ["a pull request to another branch", pull("feature/y"), false],
    ["a hotfix to main", pull("main", "hotfix/leak"), false],
    ["a push to main", push("main"), true],
    ["a push to develop", push("develop"), true],
    ["a push elsewhere", push("feature/x"), false],
    ["the schedule", { event: "schedule", branch: "main" }, true],
    ["by hand", { event: "manual", branch: "feature/x" }, true],
  ])("%s: %3$s", (_name, trigger, run) => {
    expect(stageOf(locked, "security: {}\n", trigger)).toMatchObject({ run, blocking: true });
  });

  test.each([
    [
      "nobody asks",
      "name: web\n",
      locked,
      "not asked for: `security: {}` in gantry.yaml asks for it",
    ],
    ["its only check is off", "security: { audit: false }\n", locked, "its `audit` is false"],
    [
      "there is nothing to ask about",
      "security: {}\n",
      { "package.json": '{ "name": "web" }', "package-lock.json": "{}" },
      "no component depends on packages that could be asked about",
    ],
  ])("not where %s, and it says so", (_name, config, files, reason) => {
    const stage = stageOf(files, config, { event: "schedule" });
    expect(stage).toMatchObject({ run: false, steps: [] });
    expect(stage.reason).toContain(reason);
  });

  test("no other check runs on the schedule", () => {
    const plan = makePlan({
      config: configOf(
        "security: {}\ncomponents: { web: { path: ., tests: { unit: { run: npm test } } } }\n",
        locked,
      ),
      survey: surveyWith(locked),
      trigger: { ...sampleTrigger(), event: "schedule", branch: "main" },
      source: "git-tree:1",
    });
    expect(plan.stages.filter(({ run }) => run).map(({ id }) => id)).toEqual(["security"]);
  });
});

const askPip = (file: string): string =>
  `uvx pip-audit@${pins["pip-audit"]} --requirement ${file} --no-deps --disable-pip --progress-spinner off --format json --output {reports}/pip-audit.json`;
const askNpm = (dev = "--include=dev"): string =>
  `{reports}/npm-audit.json npm audit --json --package-lock-only --no-offline ${dev} --include=optional --include=peer`;

const uvLock = (more = ""): string =>
  `version = 1\n[[package]]\nname = "idna"\nversion = "2.10"\nsource = { registry = "https://pypi.org/simple" }\n${more}`;
const uvProject: Files = {
  "pyproject.toml":
    '[project]\nname = "api"\nversion = "1"\ndependencies = ["idna"]\n[dependency-groups]\ndev = ["pytest"]\n',
  "uv.lock": uvLock(),
  "packages/lib/pyproject.toml": '[project]\nname = "lib"\nversion = "1"\n',
};
const exportUv =
  "uv export --quiet --frozen --all-packages --no-emit-local --no-hashes --no-header --no-annotate --format requirements-txt --output-file {reports}/requirements.txt";
const compile =
  "uv pip compile --quiet --no-header --no-annotate --output-file {reports}/requirements.txt";

describe("npm", () => {
  test("asks about its lock, and sees only manifests", () => {
    const files = { ...locked, "a/package.json": "{}", "src/x.js": "", ".npmrc": "" };
    expect(commands(files)).toEqual([expect.stringMatching(/^node\/audit: sh -c /)]);
    const [step] = steps(files);
    expect(step?.argv.slice(4).join(" ")).toBe(askNpm());
    expect(step?.inputs.include?.toSorted()).toEqual([
      ".npmrc",
      "a/package.json",
      "package-lock.json",
      "package.json",
    ]);
    expect(step?.audit).toEqual({
      file: "package-lock.json",
      level: "high",
      development: true,
      required: true,
      accepted: [],
    });
  });

  test("resolves a lock first where there is none", () => {
    const { "package-lock.json": _, ...files } = locked;
    const [prepare, ask] = steps(files);
    expect(prepare?.argv.join(" ")).toBe(
      "npm install --package-lock-only --package-lock --ignore-scripts --no-audit --no-fund",
    );
    expect(prepare).toMatchObject({ early: true, audit: { file: "package.json" } });
    expect(ask).toMatchObject({ needs: [prepare?.id], after: prepare?.id });
  });

  test("without development's packages", () => {
    const config = "security: { audit: { development: false, level: low, required: false } }\n";
    expect(commands(locked, config)[0]).toContain(askNpm("--omit=dev"));
    expect(steps(locked, config)[0]?.audit).toMatchObject({ level: "low", required: false });
    const onlyDev = { ...locked, "package.json": '{ "devDependencies": { "a": "1" } }' };
    expect(commands(onlyDev, config)).toEqual([]);
    expect(commands(onlyDev)).toHaveLength(1);
  });

  test("a workspace is asked about whatever its root says", () => {
    const files = { ...locked, "package.json": '{ "workspaces": ["a"] }' };
    expect(commands(files)).toHaveLength(1);
  });

  test("pnpm by its own audit; yarn is said to be not there yet", () => {
    const { "package-lock.json": _, ...manifest } = locked;
    const [pnpm] = steps({ ...manifest, "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" });
    expect(pnpm?.argv.join(" ")).toContain("{reports}/pnpm-audit.json pnpm audit --json");
    expect(pnpm?.leaves[0]?.format).toBe("pnpm-audit");
    const [yarn] = steps({ ...manifest, "yarn.lock": "" });
    expect(yarn?.audit).toMatchObject({ file: "yarn.lock", lacks: expect.stringMatching(/yarn/) });
  });
});

describe("Python", () => {
  test("uv: everything that its lock holds", () => {
    expect(commands(uvProject)).toEqual([
      `python/audit.packages: ${exportUv} --all-extras --all-groups`,
      `python/audit: ${askPip("{reports:python/audit.packages}/requirements.txt")}`,
    ]);
    const [prepare, ask] = steps(uvProject);
    expect(ask).toMatchObject({ reads: [prepare?.id], audit: { file: "uv.lock" } });
    expect(prepare?.inputs.include).toEqual([
      "uv.lock",
      "pyproject.toml",
      "packages/lib/pyproject.toml",
    ]);
  });

  test("uv: not what only development needs; nothing where the lock holds only the project", () => {
    const config = "security: { audit: { development: false } }\n";
    expect(commands(uvProject, config)[0]).toContain("--all-extras --no-default-groups");
    expect(commands({ ...uvProject, "uv.lock": "version = 1\n" })).toEqual([]);
    const none = { ...uvProject, "pyproject.toml": '[project]\nname = "a"\nversion = "1"\n' };
    expect(commands(none, config)).toEqual([]);
  });

  test("uv: what excludes each other is not asked for at once", () => {
    const manifest = `${uvProject["pyproject.toml"]}[tool.uv]\nconflicts = [[{ group = "a" }, { group = "b" }]]\n`;
    const files = { ...uvProject, "pyproject.toml": manifest };
    expect(commands(files)[0]).toMatch(/--group dev$/);
    expect(steps(files).map(({ audit }) => audit?.without)).toEqual([
      expect.stringContaining("were not asked about"),
      expect.stringContaining("were not asked about"),
    ]);
  });

  test("poetry's lock", () => {
    const files = {
      "pyproject.toml":
        '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "^3.10"\nidna = "*"\n',
      "poetry.lock": "",
    };
    const [prepare] = commands(files);
    expect(prepare).toContain(
      "export --all-groups --all-extras --without-hashes --output {reports}/requirements.txt",
    );
    const config = "security: { audit: { development: false } }\n";
    expect(commands(files, config)[0]).toContain("export --all-extras --without-hashes");
  });

  test("a compiled file as it is, a loose one resolved first, an included one with what includes it", () => {
    const files = {
      "requirements.txt": "# This file is by\n#    uv pip compile requirements.in\nidna==2.10\n",
      "requirements-dev.txt": "-r requirements-base.txt\npytest\n",
      "requirements-base.txt": "six\n",
    };
    expect(commands(files)).toEqual([
      `python/audit: ${askPip("requirements.txt")}`,
      `python/audit-2.packages: ${compile} requirements-dev.txt`,
      `python/audit-2: ${askPip("{reports:python/audit-2.packages}/requirements.txt")}`,
    ]);
    const config = "security: { audit: { development: false } }\n";
    expect(commands(files, config)[1]).toBe(
      `python/audit-2.packages: ${compile} requirements-base.txt`,
    );
  });

  test("a package without a lock: what its manifest asks for", () => {
    const files = {
      "pyproject.toml":
        '[project]\nname = "x"\nversion = "1"\ndependencies = ["idna"]\n[dependency-groups]\ndev = ["pytest"]\n',
    };
    expect(commands(files)[0]).toContain(`${compile} --all-extras --group dev pyproject.toml`);
  });
});

test("groups without a package, and a poetry without a lock: nothing is passed over", () => {
  const groups = { "pyproject.toml": '[dependency-groups]\ndev = ["pytest"]\n' };
  expect(commands(groups)[0]).toBe(`python/audit.packages: ${compile} --group dev`);
  const poetry = {
    "pyproject.toml":
      '[tool.poetry]\npackage-mode = false\n[tool.poetry.dependencies]\nidna = "*"\n',
  };
  expect(commands(poetry)[0]).toBe(`python/audit.packages: ${compile} --all-extras pyproject.toml`);
});

test("only exceptions of the audit go into the plan", () => {
  const config = `security: {}
accepted:
  - { check: audit, rule: CVE-2026-1, package: left-tree, reason: not called, until: 2027-01-31 }
  - { check: secrets, reason: a sample, until: 2027-01-31 }
`;
  expect(steps(locked, config)[0]?.audit?.accepted).toEqual([
    {
      check: "audit",
      rule: "CVE-2026-1",
      package: "left-tree",
      reason: "not called",
      until: "2027-01-31",
    },
  ]);
});
