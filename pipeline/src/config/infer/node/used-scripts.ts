import type { Workflows } from "../workflows/workflows.ts";
import type { Manifest } from "./manifest.ts";

/** What a repository's own CI makes of a package's scripts. */
export interface UsedScripts {
  /** Whether a check's script counts: the CI reaches it, does the same otherwise, or shows nothing. */
  readonly counts: (check: string, script: string) => boolean;
  /** The script that builds: the one of the CI, where that runs another than `build`. */
  readonly build: string;
}

/** Runners whose own files say what they run, which nobody reads here. */
const runners = /\b(pre-commit|prek|turbo|nx|lerna|moon|make|just|task|wireit|rush|tox|nox)\b/;

const doing: Readonly<Record<string, RegExp>> = {
  lint: /\b(\w*lint|biome|xo|standard|neostandard|ultracite)\b/,
  format: /\b(prettier|format|fmt|biome|dprint|oxfmt|ultracite)\b/,
  types: /\b(\w*tsc|tsd|types?|typecheck|[\w-]+-check|attw|check)\b/,
};

/** A repository that runs scripts of a package itself shows which of them have to pass. */
export function usedScripts({ scripts }: Manifest, workflows: Workflows): UsedScripts {
  const { lines, runsScript } = workflows;
  const shown = Object.keys(scripts).filter(runsScript);
  const handsOver = workflows.handsOver || lines.some((line) => runners.test(line));
  const reached = reachedFrom(shown, scripts);
  const builds = shown.filter((name) => /^build[:-]/.test(name));
  return {
    counts: (check, script) => {
      if (shown.length === 0 || handsOver || reached.has(script)) return true;
      return lines.some((line) => doing[check]?.test(line));
    },
    build: reached.has("build") || builds.length > 1 ? "build" : (builds[0] ?? "build"),
  };
}

/** Every script that some scripts start, however they call it. */
function reachedFrom(names: readonly string[], scripts: Manifest["scripts"]): ReadonlySet<string> {
  const reached = new Set(names);
  // What is added on the way is looked at in turn.
  for (const name of reached) {
    const words = startedBy(scripts[name] ?? "");
    for (const other of Object.keys(scripts)) {
      const isHook = other === `pre${name}` || other === `post${name}`;
      if (isHook || words.some((word) => isNamed(other, word))) reached.add(other);
    }
  }
  return reached;
}

const starters = /^(npm|pnpm|yarn|bun|npx|run-[ps]|npm-run-all2?|concurrently|wsrun)$/;

/** The words of those commands in a script's text that start other scripts. */
function startedBy(text: string): string[] {
  const commands = text.split(/&&|\|\||[;|]/).map((command) => command.split(/[\s"'`(){},]+/));
  return commands
    .filter((words) => words.some((word) => starters.test(word)))
    .flat()
    .map(withoutManager);
}

/** `npm:lint`, as concurrently has it. */
function withoutManager(word: string): string {
  return word.replace(/^(npm|pnpm|yarn):/, "");
}

/** `lint:*` stands for every script that begins so. */
function isNamed(script: string, word: string): boolean {
  const start = /^([\w:-]+:)\*+$/.exec(word)?.[1];
  return start ? script.startsWith(start) : script === word;
}
