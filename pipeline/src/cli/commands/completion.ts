import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { script } from "@bomb.sh/tab";
import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { parse } from "yaml";
import { z } from "zod";
import { stageId } from "../../plan/plan.ts";
import type { Terminal } from "../main.ts";

/**
 * `completion SHELL` prints a script for the shell, which asks the hidden `complete` for words. To
 * be added last: it knows the commands that are there by then.
 */
export function addCompletion(program: Command, { cwd, stdout }: Terminal): void {
  const { commands } = tab(program, { completionCommandName: "completion" });
  for (const { name, summary } of program.commands.map(spoken)) {
    const known = commands.get(name);
    if (known) known.description = summary;
  }
  for (const command of commands.values()) {
    for (const name of ["env", "from", "to"]) {
      const option = command.options.get(name);
      // `rollback --to` takes a deployment or a tag.
      if (!option || (name === "to" && command.value !== "promote")) continue;
      option.handler = (add) => {
        for (const environment of environments(cwd)) add(environment, "");
      };
    }
    for (const name of ["only", "skip"]) {
      const option = command.options.get(name);
      if (option) option.handler = (add) => stages(add);
    }
    const stage = command.arguments.get("stage");
    if (stage) stage.handler = (add) => stages(add);
  }
  program.commands
    .find((command) => command.name() === "completion")
    ?.summary("a script that lets a shell complete these words")
    .action((shell: string) => {
      if (shell === "bash") stdout.write(bashScript);
      else script(shell, "gantry", "gantry");
    })
    .addHelpText("after", examples);
}

function spoken(command: Command): { name: string; summary: string } {
  return { name: command.name(), summary: command.summary() || command.description() };
}

/** The library's own needs bash-completion, which macOS lacks, and evaluates what is being typed. */
const bashScript = `_gantry() {
  local word
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    [[ $word == :* ]] || COMPREPLY+=("$word")
  done < <(gantry complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _gantry gantry
`;

function stages(add: (word: string, description: string) => void): void {
  for (const id of stageId.options) add(id, "");
}

const named = z.object({ environments: z.record(z.string(), z.unknown()) });

/** The names in the nearest gantry.yaml; none where it does not read: a shell waits for the answer. */
function environments(folder: string): string[] {
  try {
    return Object.keys(
      named.parse(parse(readFileSync(join(folder, "gantry.yaml"), "utf8"))).environments,
    );
  } catch {
    const above = dirname(folder);
    return above === folder ? [] : environments(above);
  }
}

const examples = `
Examples:
  eval "$(gantry completion bash)"            in ~/.bashrc
  eval "$(gantry completion zsh)"             in ~/.zshrc, after compinit
  gantry completion fish | source             in ~/.config/fish/config.fish`;
