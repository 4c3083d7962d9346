import { parse } from "yaml";
import type { Folder } from "../../survey.ts";

/** A tool as `.pre-commit-config.yaml` runs it. */
export interface Hook {
  /** The tool's version, where the hook's revision tells it. */
  readonly version: string | undefined;
  /** Names of files that the hook leaves out. */
  readonly leavesOut: (file: string) => boolean;
  /** What is added to its command line, where the file says it. */
  readonly arguments: readonly string[] | undefined;
  /** Whether it runs in an environment in which nothing but the tool is installed. */
  readonly alone: boolean;
}

const file = ".pre-commit-config.yaml";

/** The first hook of some ids; none where the file has none or cannot be read. */
export function hookOf(folder: Folder, ids: readonly string[]): Hook | undefined {
  const text = folder.text(file);
  if (text === undefined) return undefined;
  const config = tableOf(parsed(text));
  for (const repo of listOf(config.repos)) {
    const hook = listOf(repo.hooks).find(({ id }) => ids.includes(String(id)));
    if (hook) return describe(config, repo, hook, text);
  }
  return undefined;
}

type Table = Record<string, unknown>;

function describe(config: Table, repo: Table, hook: Table, text: string): Hook {
  const out = [config.exclude, hook.exclude].map(patternOf).filter((p) => p !== undefined);
  const only = patternOf(hook.files);
  return {
    version: versionOf(String(repo.rev ?? ""), text),
    leavesOut: (name) => out.some((p) => p.test(name)) || (only !== undefined && !only.test(name)),
    arguments: wordsOf(hook.args),
    alone: repo.repo !== "local" && !Array.isArray(hook.additional_dependencies),
  };
}

function wordsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((word) => typeof word === "string") : undefined;
}

/** A tag is a version; a frozen commit has it in the comment beside it. */
function versionOf(revision: string, text: string): string | undefined {
  const tag = /^v?(\d+(?:\.\d+)+)$/.exec(revision)?.[1];
  if (tag) return tag;
  const line = text.split("\n").find((one) => revision !== "" && one.includes(revision)) ?? "";
  return /#\s*frozen:\s*v?(\d+(?:\.\d+)+)/.exec(line)?.[1];
}

/** Python's patterns are JavaScript's but for the verbose form. One that is neither hides nothing. */
function patternOf(value: unknown): RegExp | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  const verbose = /^\s*\(\?x\)/.test(value);
  const plain = verbose
    ? value
        .replace(/^\s*\(\?x\)/, "")
        .replaceAll(/\s#.*$/gm, "")
        .replaceAll(/\s+/g, "")
    : value;
  try {
    return new RegExp(plain);
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: "silent" });
  } catch {
    return undefined;
  }
}

function tableOf(value: unknown): Table {
  return value !== null && typeof value === "object" ? (value as Table) : {};
}

function listOf(value: unknown): Table[] {
  return Array.isArray(value) ? value.map(tableOf) : [];
}
