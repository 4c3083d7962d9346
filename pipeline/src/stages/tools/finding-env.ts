import type { Command, Component } from "../../config/config.ts";
import { folderOf } from "../../config/survey.ts";
import type { ExecStep } from "../../plan/step.ts";
import type { PlanContext } from "../context.ts";

/** Environment that makes linters print one finding a line, with its place. */
export function findingEnv(version?: string): ExecStep["env"] {
  // Before 0.2 the same lines were called `text`, and a word that ruff does not know is an error.
  return { RUFF_OUTPUT_FORMAT: /^0\.[01]\./.test(version ?? "") ? "text" : "concise" };
}

/** The version of ruff that a command runs, where the command or a lock file says it. */
export function ruffVersion(
  argv: Command,
  component: Component,
  { survey }: PlanContext,
): string | undefined {
  const asked = argv[0] === "uvx" ? /^ruff@(.+)$/.exec(argv[1] ?? "")?.[1] : undefined;
  if (asked || !argv.includes("ruff")) return asked;
  const folder = folderOf(survey, component.path);
  const locks = ["uv.lock", "poetry.lock"].map((name) => folder.text(name) ?? "").join("\n");
  return /^name = "ruff"\r?\nversion = "([^"]+)"/m.exec(locks)?.[1];
}
