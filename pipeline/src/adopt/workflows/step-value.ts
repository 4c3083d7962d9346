import { note, type Value } from "../yaml-text.ts";
import { expression } from "./expression.ts";
import { actions, daggerVersion, stageAction } from "./pins.ts";
import { variablesValue } from "./variables-value.ts";
import type { DaggerCall, Flag, Step } from "./workflow.ts";

/** One step as GitHub reads it. */
export function stepValue(step: Step): Value {
  switch (step.kind) {
    case "checkout":
      return {
        uses: pinned(actions.checkout),
        with: {
          "fetch-depth":
            step.history === undefined ? undefined : note(0, { above: step.history || undefined }),
          "persist-credentials": false,
        },
      };
    case "install-dagger":
      return note(
        { uses: pinned(actions.dagger), with: { version: daggerVersion } },
        { above: step.why },
      );
    case "dagger":
      return daggerValue(step);
    case "stage":
      return {
        id: step.id,
        if: step.when,
        uses: stageAction,
        with: variablesValue(step.inputs),
      };
    case "fetch":
      return note(
        {
          uses: pinned(actions.download),
          with: { name: step.name, path: `${expression("runner.temp")}/${step.folder}` },
        },
        { above: step.why },
      );
    case "keep":
      return {
        if: step.when ?? "always()",
        uses: pinned(actions.upload),
        with: { name: step.name, path: pathsOf(step.paths), "if-no-files-found": "ignore" },
      };
  }
}

function daggerValue(step: DaggerCall): Value {
  return {
    name: `dagger call ${step.call}`,
    if: step.when,
    env: step.env && variablesValue(step.env),
    run: daggerLine(step),
  };
}

/** The line that a shell reads: plain words, and variables in quotes. */
export function daggerLine({ call, flags, next }: DaggerCall): string {
  const words = ["dagger", "call", ...wordsOf(call, flags)];
  return [...words, ...(next ? wordsOf(next.call, next.flags) : [])].join(" ");
}

function wordsOf(call: string, flags: readonly Flag[]): string[] {
  const own = flags.filter(({ name }) => name === "mod");
  const rest = flags.filter(({ name }) => name !== "mod");
  return [...own.map(flagText), plain(call), ...rest.map(flagText)];
}

function flagText(flag: Flag): string {
  if ("word" in flag) return `--${flag.name}=${plain(flag.word)}`;
  const below = flag.below === undefined ? "" : `/${plain(flag.below)}`;
  return `--${flag.name}="$${flag.variable}${below}"`;
}

/** A word that means nothing to a shell. */
function plain(word: string): string {
  if (!/^[\w.,:/@-]+$/.test(word)) throw new Error(`not a plain word for a workflow: ${word}`);
  return word;
}

function pinned({ uses, version }: { uses: string; version: string }): Value {
  return note(uses, { beside: version });
}

function pathsOf(paths: readonly string[]): string {
  return paths.length === 1 ? (paths[0] as string) : `${paths.join("\n")}\n`;
}
