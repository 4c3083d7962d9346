import { expect, it } from "vitest";
import { sampleSurvey } from "../../../test/builders/survey.ts";
import { loadConfig } from "../../config/load.ts";
import { codeQuality } from "../code-quality.ts";
import type { PlanContext } from "../context.ts";

function formats(files: Record<string, string>): (string | undefined)[] {
  const survey = sampleSurvey(files);
  const config = loadConfig(undefined, survey);
  if (!config.ok) throw new Error("no config");
  const steps = codeQuality.steps({ config: config.value, survey } as PlanContext);
  return steps.flatMap((step) =>
    step.kind === "exec" && step.id.endsWith("/lint") ? [step.env.RUFF_OUTPUT_FORMAT] : [],
  );
}

const hooks = (rev: string) =>
  `repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    rev: ${rev}\n    hooks: [{ id: ruff }]\n`;
const locked = (version: string) => ({
  "pyproject.toml":
    '[project]\nname = "x"\nversion = "1"\n[dependency-groups]\ndev = ["ruff"]\n[tool.ruff]\n',
  "uv.lock": `[[package]]\nname = "ruff"\nversion = "${version}"\n`,
});

// Which words which ruff knows was tried with 0.1.15, 0.2.0, 0.3.0 and 0.4.0.
it.each([
  ["Gantry's own", { "requirements.txt": "", "ruff.toml": "" }, "concise"],
  [
    "an old one of the hooks",
    { "requirements.txt": "", ".pre-commit-config.yaml": hooks("v0.1.6") },
    "text",
  ],
  [
    "a newer one of the hooks",
    { "requirements.txt": "", ".pre-commit-config.yaml": hooks("v0.2.0") },
    "concise",
  ],
  ["an old one of the lock", locked("0.1.15"), "text"],
  ["a newer one of the lock", locked("0.15.1"), "concise"],
])("with %s, ruff is asked for lines in a word that it knows", (_, files, word) => {
  expect(formats(files)).toEqual([word]);
});
