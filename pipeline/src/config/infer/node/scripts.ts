import type { Workflows } from "../workflows/workflows.ts";
import type { Manifest } from "./manifest.ts";
import { usedScripts } from "./used-scripts.ts";

const scriptNames: Readonly<Record<string, readonly string[]>> = {
  lint: ["lint:check", "lint:ci", "check:lint", "lint", "eslint"],
  format: [
    "format:check",
    "check:format",
    "format-check",
    "check-format",
    "prettier:check",
    "fmt:check",
    "format",
  ],
  types: ["typecheck", "type-check", "types:check", "check-types", "check:types", "tsc", "types"],
};

/** Names that do not say whether they are a check: taken where the repository's own CI runs them. */
const ambiguous: Readonly<Record<string, readonly string[]>> = {
  types: ["test:types", "test:typescript", "type-tests", "test-types"],
};

export interface QualityScripts {
  /** The script by check. */
  readonly found: Readonly<Record<string, string>>;
  /** Scripts that have a check's name and would rewrite files. */
  readonly rewriting: readonly string[];
  /** Scripts that would be checks, if the repository's own CI did not pass them by. */
  readonly unused: readonly string[];
}

/** The package's own scripts for each check; one that would rewrite files is no check. */
export function qualityScripts(manifest: Manifest, workflows: Workflows): QualityScripts {
  const { scripts } = manifest;
  const found: Record<string, string> = {};
  const rewriting: string[] = [];
  const unused: string[] = [];
  const used = usedScripts(manifest, workflows);
  for (const [check, names] of Object.entries(scriptNames)) {
    const asked = (ambiguous[check] ?? []).filter(workflows.runsScript);
    const there = [...names, ...asked].filter((name) => scripts[name] !== undefined);
    const script = there.find((name) => !rewrites(check, expand(scripts, name)));
    if (script && used.counts(check, script)) found[check] = script;
    else if (script) unused.push(script);
    else if (check === "lint") rewriting.push(...there);
  }
  return { found, rewriting, unused };
}

/** A script's text with the texts of the scripts that it calls. */
function expand(
  scripts: Manifest["scripts"],
  name: string,
  seen: ReadonlySet<string> = new Set(),
): string {
  const text = scripts[name];
  if (text === undefined || seen.has(name)) return "";
  const called = [...text.matchAll(/\b(?:npm run|pnpm(?: run)?|yarn(?: run)?)\s+([\w:.-]+)/g)];
  const inner = called.map(([, other]) =>
    expand(scripts, other as string, new Set([...seen, name])),
  );
  return [text, ...inner].join(" ");
}

function rewrites(check: string, text: string): boolean {
  if (/--(write|fix|apply|apply-unsafe|fix-type)\b(?!-dry)|\bprettier\b.* -w\b/.test(text))
    return true;
  return (
    check === "format" &&
    !/--check\b|-c\b|--list-different|-l\b|biome (ci|check|format|lint)|--diff\b/.test(text)
  );
}

const placeholder = /no test specified/;
const testNames = ["test", "tests", "test:ci", "test:unit", "unit", "test:run"];
const ciNames = [
  "test",
  "test:ci",
  "ci:test",
  "test:coverage",
  "coverage",
  "test:cov",
  ...testNames,
];

/** The script that runs the tests: the one that the CI runs, else the one whose name says so. */
export function testScript({ scripts }: Manifest, workflows: Workflows): string | undefined {
  const there = (name: string): boolean =>
    scripts[name] !== undefined && !placeholder.test(scripts[name]);
  return ciNames.filter(workflows.runsScript).find(there) ?? testNames.find(there);
}
