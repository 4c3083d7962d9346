import type { Command, Component } from "../../config/config.ts";
import { type Manifest, readManifest } from "../../config/infer/node/manifest.ts";
import { folderOf } from "../../config/survey.ts";
import type { PlanContext } from "../context.ts";
import type { TestRequest } from "./adapt.ts";

const operators = /&&|\|\||[;|<>]/;

export interface NodeCall {
  readonly tool: "vitest" | "jest" | "playwright";
  /** What must stand between the user's words and ours for ours to reach the tool. */
  readonly separator: readonly string[];
}

/** Which known test tool a command runs, by itself or through a package's simple script. */
export function nodeCall({
  argv,
  component,
  context,
}: Pick<TestRequest, "argv" | "component" | "context">): NodeCall | undefined {
  const [program, ...rest] = argv;
  const direct = /^(npx|exec|dlx)$/.test(rest[0] ?? program) ? (rest[1] ?? rest[0]) : program;
  if (direct === "vitest" || direct === "jest") return { tool: direct, separator: [] };
  if (callsPlaywright(argv)) return { tool: "playwright", separator: [] };
  const script = scriptName(argv);
  const tool = script && toolOf(scriptsOf(component, context), script);
  return tool ? { tool, separator: program === "npm" ? ["--"] : [] } : undefined;
}

/** `npx playwright test`, `pnpm exec playwright test`, `yarn playwright test`, or by itself. */
function callsPlaywright(argv: Command): boolean {
  const at = argv.indexOf("playwright");
  return at >= 0 && at <= 2 && argv[at + 1] === "test";
}

function scriptName([program, ...rest]: Command): string | undefined {
  if (program !== "npm" && program !== "pnpm" && program !== "yarn") return undefined;
  if (rest.length === 1 && (rest[0] === "test" || rest[0] === "t")) return "test";
  return rest.length === 2 && rest[0] === "run" ? rest[1] : undefined;
}

function scriptsOf(component: Component, { survey }: PlanContext): Manifest["scripts"] {
  const read = readManifest(folderOf(survey, component.path).text("package.json") ?? "{}");
  return read.ok ? read.manifest.scripts : {};
}

/** The tool that a script ends in, if words added to the script's end reach that tool. */
function toolOf(
  scripts: Manifest["scripts"],
  name: string,
  seen: readonly string[] = [],
): NodeCall["tool"] | undefined {
  const text = scripts[name]?.trim();
  if (!text || operators.test(text) || seen.includes(name)) return undefined;
  const tool = /^(?:cross-env(?:\s+\w+=\S+)*\s+)?(vitest|jest)(\s|$)/.exec(text)?.[1];
  if (tool === "vitest" || tool === "jest") return tool;
  if (/^(?:cross-env(?:\s+\w+=\S+)*\s+)?playwright\s+test(\s|$)/.test(text)) return "playwright";
  // `npm run test -- --coverage` hands on what follows; without its `--` npm keeps options itself.
  const other =
    /^npm (?:run )?([\w:-]+) --(?:\s|$)/.exec(text) ??
    /^(?:pnpm|yarn) (?:run )?([\w:-]+)(?:\s|$)/.exec(text);
  return other ? toolOf(scripts, other[1] as string, [...seen, name]) : undefined;
}
