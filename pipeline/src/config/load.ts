import { fail, ok, type Result } from "../errors/problem.ts";
import type { Config } from "./config.ts";
import { normalise } from "./normalise/normalise.ts";
import { parseConfig } from "./parse/parse.ts";
import { checkRules } from "./rules.ts";
import type { Survey } from "./survey.ts";

/**
 *   gantry.yaml ─ parse ─► written ─┐
 *   survey ─────── infer ─► shown ──┴─ normalise ─► Config ─ rules ─► problems, all at once
 */
export function loadConfig(
  source: { readonly text: string; readonly file: string } | undefined,
  survey: Survey,
): Result<Config> {
  if (!source) return normalise(undefined, survey);
  const written = parseConfig(source.text, source.file);
  if (!written.ok) return written;
  const config = normalise(written.value, survey);
  if (!config.ok) return config;
  const problems = checkRules(config.value, survey, written.value.locate);
  return problems.length > 0 ? fail(...problems) : ok(config.value);
}
